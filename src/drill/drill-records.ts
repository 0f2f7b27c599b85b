import { LambdakitError } from "../errors/index.ts";
import { drillPrefix } from "../names.ts";
import type { EnvironmentName } from "../plan/index.ts";
import { filesByNumber, numberText, type ObjectStore } from "../release/index.ts";
import { canonicalJson } from "../system/index.ts";
import type { DrillReport } from "./report.ts";
import { reportMarkdown } from "./report-markdown.ts";
import type { ScenarioName } from "./scenario.ts";

/** That somebody began with a drill. */
export interface DrillStarted {
  readonly scenario: ScenarioName;
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly by: string;
  /** What its heartbeats are found by. */
  readonly id: number;
  readonly table: { readonly key: string; readonly name: string };
  readonly release: string | null;
}

/** Written right before the loss: from here on something has to be recovered. */
export interface DrillFailed {
  readonly at: string;
  /** How many heartbeats were sent, and acknowledged. */
  readonly heartbeats: number;
}

/** A drill as far as it came. */
export interface DrillRecord {
  readonly number: number;
  readonly started: DrillStarted;
  readonly failed: DrillFailed | null;
  /** All that an account had is lost, and recovery may have begun; always false where less is. */
  readonly isEmptied: boolean;
  /** It ended before anything was lost. */
  readonly isCalledOff: boolean;
  readonly report: DrillReport | null;
}

/** Where drills are written down. */
export type RecordStore = Pick<ObjectStore, "read" | "keys" | "putOnce">;

/** The drills of one environment, one file a step, none of them ever changed: they are evidence. */
export class DrillRecords {
  readonly #store: RecordStore;
  readonly #prefix: string;

  constructor(store: RecordStore, service: string, environment: EnvironmentName) {
    this.#store = store;
    this.#prefix = drillPrefix(service, environment);
  }

  /** All of them, the newest first. */
  async list(): Promise<DrillRecord[]> {
    const all = filesByNumber(await this.#store.keys(this.#prefix), this.#prefix);
    return Promise.all(all.map(([number, files]) => this.#read(number, files)));
  }

  /**
   * Begins the next drill. One at a time: whoever comes second is refused.
   *
   * @throws {LambdakitError} DRILL_UNFINISHED
   */
  async begin(started: DrillStarted, environment: EnvironmentName): Promise<number> {
    const [last] = await this.list();
    if (last !== undefined && !isEnded(last)) throw unfinishedDrill(last, environment);
    const number = (last?.number ?? 0) + 1;
    if (await this.#put(number, "started.json", started)) return number;
    const [other] = await this.list();
    throw unfinishedDrill(other as DrillRecord, environment);
  }

  async failed(number: number, failed: DrillFailed): Promise<void> {
    await this.#put(number, "failed.json", failed);
  }

  async emptied(number: number, at: string): Promise<void> {
    await this.#put(number, "emptied.json", { at });
  }

  async calledOff(number: number, at: string): Promise<void> {
    await this.#put(number, "called-off.json", { at });
  }

  /** The report of people first: a drill whose JSON is there is whole. */
  async ended(report: DrillReport): Promise<void> {
    await this.#store.putOnce(this.#key(report.number, "report.md"), reportMarkdown(report));
    await this.#put(report.number, "report.json", report);
  }

  async #read(number: number, files: readonly string[]): Promise<DrillRecord> {
    const read = async <Document>(file: string): Promise<Document | null> => {
      if (!files.includes(file)) return null;
      const bytes = await this.#store.read(this.#key(number, file));
      return JSON.parse(Buffer.from(bytes ?? []).toString() || "null") as Document;
    };
    const [started, failed, report] = await Promise.all([
      read<DrillStarted>("started.json"),
      read<DrillFailed>("failed.json"),
      read<DrillReport>("report.json"),
    ]);
    const isCalledOff = files.includes("called-off.json");
    const isEmptied = files.includes("emptied.json");
    return { number, started: started as DrillStarted, failed, isEmptied, isCalledOff, report };
  }

  #put(number: number, file: string, contents: object): Promise<boolean> {
    return this.#store.putOnce(this.#key(number, file), canonicalJson(contents));
  }

  #key(number: number, file: string): string {
    return `${this.#prefix}${numberText(number)}/${file}`;
  }
}

/** Whether nothing of it is left to do. */
export function isEnded({ report, isCalledOff }: DrillRecord): boolean {
  return report !== null || isCalledOff;
}

function unfinishedDrill(
  { number, started, failed }: DrillRecord,
  environment: EnvironmentName,
): LambdakitError {
  const { scenario, at, by, table } = started;
  const left =
    failed === null
      ? `Nothing was lost yet; heartbeats may be left in ${table.name}.`
      : `The loss was begun at ${failed.at}, and nothing says that it was recovered.`;
  return new LambdakitError("DRILL_UNFINISHED", {
    message: `Drill ${number} of ${environment} has not ended: ${scenario}, since ${at}, by ${by}. ${left}`,
    fix: `wait until it has; if it was cut off: lambdakit dr drill resume --env ${environment}`,
  });
}
