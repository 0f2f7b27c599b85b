import { LambdakitError } from "../../errors/index.ts";
import { deploymentPrefix } from "../../names.ts";
import { canonicalJson } from "../../system/index.ts";
import { filesByNumber, numberText } from "../numbered.ts";
import type { ObjectStore } from "../object-store.ts";
import { placeText } from "../origin.ts";
import type {
  Action,
  Applied,
  Ended,
  Moved,
  Operation,
  Share,
  Started,
  Verified,
} from "./operation.ts";
import { OperationRecord } from "./operation-record.ts";
import { noRestoreSteps, type RestoreSteps } from "./restore-steps.ts";

/** How far back is looked. Each operation is up to a dozen small objects. */
const keptInView = 200;
const readAtOnce = 32;

/** What was done in one environment of a service, one file a step, none of them ever changed. */
export class History {
  readonly #store: ObjectStore;
  readonly #environment: string;
  readonly #prefix: string;

  /** @param prefix where it lies, with a slash behind; another place where the service stands by */
  constructor(
    store: ObjectStore,
    service: string,
    environment: string,
    prefix = deploymentPrefix(service, environment),
  ) {
    this.#store = store;
    this.#environment = environment;
    this.#prefix = prefix;
  }

  /**
   * The last operations, the newest first.
   *
   * @param count @default 200; fewer are fewer calls
   */
  async read(count = keptInView): Promise<Operation[]> {
    const all = filesByNumber(await this.#store.keys(this.#prefix), this.#prefix);
    const newest = all.slice(0, count);
    const operations: Operation[] = [];
    for (let start = 0; start < newest.length; start += readAtOnce) {
      const batch = newest.slice(start, start + readAtOnce);
      operations.push(
        ...(await Promise.all(batch.map(([number, files]) => this.#operation(number, files)))),
      );
    }
    return operations;
  }

  /**
   * Begins the next operation. Whoever comes second at the same moment is refused.
   *
   * @param seen the operations as they were read
   * @throws {LambdakitError} RELEASE_BUSY
   */
  async begin(seen: readonly Operation[], started: Started): Promise<OperationRecord> {
    const number = (seen[0]?.number ?? 0) + 1;
    const record = this.#record(number, started.at);
    if (await record.claim(started)) return record;
    const other = await this.#document<Started>(number, "started.json");
    throw busy(number, this.#environment, other);
  }

  /**
   * Says of an operation that its command is gone, for whoever is to go on.
   *
   * @param who has looked
   * @returns whether it had no end before
   */
  async abandon({ number, started }: Operation, who: string): Promise<boolean> {
    return this.#record(number, started.at).ended("abandoned", `${who} has said so`);
  }

  /**
   * Gives up a restore that has failed: it keeps its end, and an operation after it says that nobody carries on.
   *
   * @throws {LambdakitError} RELEASE_BUSY
   */
  async giveUp(seen: readonly Operation[], { number, started }: Operation): Promise<void> {
    const record = await this.begin(seen, { ...started, continues: number });
    await record.ended("abandoned", `operation ${number} was given up`);
  }

  #record(number: number, startedAt: string): OperationRecord {
    return new OperationRecord({
      number,
      startedAt,
      write: (file, contents) =>
        this.#store.putOnce(`${this.#at(number)}${file}`, canonicalJson(contents)),
      newest: async () => {
        const keys = await this.#store.keys(this.#prefix);
        return Number(keys.at(-1)?.slice(this.#prefix.length).split("/")[0]);
      },
    });
  }

  async #operation(number: number, files: readonly string[]): Promise<Operation> {
    const read = <Document>(file: string): Promise<Document> | null =>
      files.includes(file) ? this.#document<Document>(number, file) : null;
    const shares = files.filter((file) => file.startsWith("share-"));
    const [started, applied, moved, verified, ended, restore, ...given] = await Promise.all([
      this.#document<Started>(number, "started.json"),
      read<Applied>("applied.json"),
      read<Moved>("moved.json"),
      read<Verified>("verified.json"),
      read<Ended>("ended.json"),
      this.#restore(number, files),
      ...shares.map((file) => this.#document<Share>(number, file)),
    ]);
    const isRestore = started.action === "restore";
    return {
      number,
      started,
      applied,
      moved,
      verified,
      ended,
      shares: given,
      restore: isRestore ? restore : null,
    };
  }

  async #restore(number: number, files: readonly string[]): Promise<RestoreSteps> {
    const names = files.flatMap((file) => /^restore-(\w+)\.json$/.exec(file)?.[1] ?? []);
    const steps = await Promise.all(
      names.map(async (name) => [
        name,
        await this.#document<object>(number, `restore-${name}.json`),
      ]),
    );
    return { ...noRestoreSteps, ...Object.fromEntries(steps) };
  }

  async #document<Document>(number: number, file: string): Promise<Document> {
    const bytes = await this.#store.read(`${this.#at(number)}${file}`);
    return JSON.parse(Buffer.from(bytes ?? []).toString() || "null") as Document;
  }

  #at(number: number): string {
    return `${this.#prefix}${numberText(number)}/`;
  }
}

/** What is written down where a service stands by, and not where its callers are. */
const standbyActions: readonly Action[] = ["standby", "failover", "failback"];

/** Says who holds an environment. */
export function busy(number: number, environment: string, started: Started): LambdakitError {
  const { action, release, at, from, by } = started;
  const what = release === null ? action : `${action} of ${release}`;
  const place = standbyActions.includes(action) ? " --standby" : "";
  return new LambdakitError("RELEASE_BUSY", {
    message: `Somebody else is at ${environment}: ${what}, since ${at}, by ${placeText(from)} (${by}).`,
    fix: `wait until that has ended; if it certainly has: lambdakit unlock ${number} --env ${environment}${place}`,
  });
}
