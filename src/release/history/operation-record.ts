import { LambdakitError } from "../../errors/index.ts";
import type { Applied, Ended, Share, Started, Verified } from "./operation.ts";
import type { RestoreSteps } from "./restore-steps.ts";

export interface RecordOptions {
  readonly number: number;
  readonly startedAt: string;
  /** @returns whether it was not there yet */
  readonly write: (file: string, contents: object) => Promise<boolean>;
  /** The number of the newest operation. */
  readonly newest: () => Promise<number>;
}

/**
 * Writes down an operation while it is carried out: each step after it was done, so that what is written
 * is true, whenever its command is killed.
 */
export class OperationRecord {
  readonly #options: RecordOptions;

  constructor(options: RecordOptions) {
    this.#options = options;
  }

  get number(): number {
    return this.#options.number;
  }

  claim(started: Started): Promise<boolean> {
    return this.#options.write("started.json", started);
  }

  async applied(applied: Omit<Applied, "at">): Promise<void> {
    await this.#options.write("applied.json", { at: now(), ...applied } satisfies Applied);
  }

  async share(percent: number, seconds: number): Promise<void> {
    const until = new Date(Date.now() + seconds * 1_000).toISOString();
    const share: Share = { at: now(), percent, until };
    await this.#options.write(`share-${String(percent).padStart(4, "0")}.json`, share);
  }

  /** Writes down a step of a restore. */
  async restore<Name extends keyof RestoreSteps>(
    name: Name,
    step: NonNullable<RestoreSteps[Name]>,
  ): Promise<void> {
    await this.#options.write(`restore-${name}.json`, step);
  }

  async verified(verified: Omit<Verified, "at">): Promise<void> {
    await this.#options.write("verified.json", { at: now(), ...verified } satisfies Verified);
  }

  /** @returns whether it had no end before */
  async ended(outcome: Ended["outcome"], why: string | null = null): Promise<boolean> {
    const at = now();
    const seconds = (Date.parse(at) - Date.parse(this.#options.startedAt)) / 1_000;
    return this.#options.write("ended.json", { at, outcome, why, seconds } satisfies Ended);
  }

  /**
   * Carries out what the operation is about, and writes down where that fails. Where not even that can be
   * written, it stays unfinished, and the next command sees it.
   */
  async attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const { code, message } = Object(error);
      const outcome = code === "RELEASE_ROLLED_BACK" ? "rolled-back" : "failed";
      await this.ended(outcome, message).catch(() => {});
      throw error;
    }
  }

  /**
   * Looks whether nobody has carried on in the place of this one, who was taken for gone.
   *
   * @throws {LambdakitError} RELEASE_TAKEN_OVER
   */
  async requireOwn(): Promise<void> {
    const newest = await this.#options.newest();
    if (newest === this.#options.number) return;
    throw new LambdakitError("RELEASE_TAKEN_OVER", {
      message: `Operation ${this.#options.number} was taken for abandoned, and operation ${newest} was begun in its place. This command has stopped.`,
      fix: "lambdakit releases history shows what was done meanwhile",
    });
  }
}

function now(): string {
  return new Date().toISOString();
}
