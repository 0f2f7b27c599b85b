import { type Json, objectOf, withMore } from "./aws-call.ts";
import { type Ask, Refusal } from "./emulator.ts";
import type { FollowedTable, FollowedTables } from "./followed-tables.ts";
import {
  fill,
  restoredTable,
  restoreTime,
  sourceOf,
  type Window,
  windowOf,
} from "./point-in-time.ts";

export interface RestoreClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What AWS lags behind by, at most. */
  readonly behindSeconds: number;
}

/** A restore, until it is done. */
interface Restore {
  readonly summary: Json;
  done: boolean;
}

/** Restores to a point in time, of tables whose past is known. */
export class Restores {
  readonly #tables: FollowedTables;
  readonly #clock: RestoreClock;
  readonly #all = new Map<string, Restore>();
  readonly #filling = new Set<Promise<void>>();

  constructor(tables: FollowedTables, clock: RestoreClock) {
    this.#tables = tables;
    this.#clock = clock;
  }

  /** Makes the table, and fills it while it answers. @throws {Refusal} as DynamoDB says why not */
  async begin(scope: string, input: Json, ask: Ask): Promise<Json> {
    const source = sourceOf(input);
    const target = String(input.TargetTableName ?? "");
    const described = await ask("DescribeContinuousBackups", { TableName: source });
    const table = await this.#tables.follow(scope, source, ask);
    if (table === undefined) {
      throw new Refusal(
        "PointInTimeRecoveryUnavailableException",
        `Point in time recovery is not enabled for table '${source}'`,
      );
    }
    const at = restoreTime(input, this.windowOf(table, described));
    const { Table } = await ask("DescribeTable", { TableName: source });
    const { TableDescription } = await ask(
      "CreateTable",
      restoredTable(objectOf(Table), input),
    ).catch((error) => {
      if (error.type !== "ResourceInUseException") throw error;
      throw new Refusal("TableAlreadyExistsException", `Table already exists: ${target}`);
    });
    this.#tables.forget(scope, target);
    const summary = { SourceTableArn: objectOf(Table).TableArn, RestoreDateTime: at / 1_000 };
    const restore: Restore = { summary, done: false };
    this.#all.set(`${scope}/${target}`, restore);
    // The items of that moment, whatever is written while they are put there.
    const filling = fill(target, table.history.itemsAt(at).values(), ask).then(() => {
      restore.done = true;
    });
    this.#filling.add(filling);
    // A failure is told by settle; until then the table stays as it is on AWS where a restore hangs.
    filling.catch(() => {});
    return this.described(scope, target, { TableDescription });
  }

  /** What of a table can be restored, as its description says how many days are kept. */
  windowOf(table: FollowedTable, output: Json): Window {
    const { now, behindSeconds } = this.#clock;
    const { PointInTimeRecoveryDescription } = objectOf(output.ContinuousBackupsDescription);
    const { RecoveryPeriodInDays: days = 35 } = objectOf(PointInTimeRecoveryDescription);
    return windowOf(table, Number(days), now(), behindSeconds);
  }

  /** A description with what AWS says of a table that was restored. */
  described(scope: string, name: string, output: Json): Json {
    const restore = this.#all.get(`${scope}/${name}`);
    if (restore === undefined) return output;
    return withMore(output, {
      ...(!restore.done && { TableStatus: "CREATING" }),
      RestoreSummary: { ...restore.summary, RestoreInProgress: !restore.done },
    });
  }

  forget(scope: string, name: string): void {
    this.#all.delete(`${scope}/${name}`);
  }

  /** Waits for those that are under way. */
  async settle(): Promise<void> {
    await Promise.all(this.#filling);
  }
}
