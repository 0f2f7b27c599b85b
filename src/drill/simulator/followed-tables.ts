import { type Item, type Json, objectOf, objectsOf } from "./aws-call.ts";
import type { Ask } from "./emulator.ts";
import { ItemHistory, itemKey } from "./item-history.ts";
import { type Written, writtenBy } from "./written-items.ts";

/** A table whose items are remembered. */
export interface FollowedTable {
  readonly name: string;
  readonly keyNames: readonly string[];
  readonly history: ItemHistory;
  /** From when on something may be missing from its history, in milliseconds since 1970; null where nothing is. */
  inexactSince: number | null;
}

export interface FollowOptions {
  readonly now: () => number;
  readonly mostChanges: number;
}

/** A call that has succeeded. */
interface DoneCall {
  /** Account and region: the same name is another table elsewhere. */
  readonly scope: string;
  readonly operation: string;
  readonly input: Json;
  readonly output: Json;
}

/**
 * The tables that have point-in-time recovery, each followed from the first call that meets it. Calls that may
 * write go through {@link inOrder}, one after the other: what is remembered is the order in which it was done.
 */
export class FollowedTables {
  readonly #options: FollowOptions;
  readonly #tables = new Map<string, FollowedTable>();
  /** Tables that were looked at and have no recovery, until somebody changes that. */
  readonly #others = new Set<string>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** All that are followed, for whoever wants to know how exact that is. */
  all(): readonly FollowedTable[] {
    return [...this.#tables.values()];
  }

  inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }

  /**
   * The table, followed from now on if it has recovery and was not met before.
   *
   * @returns undefined where there is no such table, or it has no recovery
   */
  async follow(scope: string, name: string, ask: Ask): Promise<FollowedTable | undefined> {
    const id = `${scope}/${name}`;
    const known = this.#tables.get(id);
    if (known !== undefined || this.#others.has(id)) return known;
    if (!(await hasRecovery(name, ask))) {
      this.#others.add(id);
      return undefined;
    }
    const { Table } = await ask("DescribeTable", { TableName: name });
    const keyNames = keyNamesOf(Table);
    const { now, mostChanges } = this.#options;
    const history = new ItemHistory(now(), await scan(name, keyNames, ask), mostChanges);
    const table: FollowedTable = { name, keyNames, history, inexactSince: null };
    this.#tables.set(id, table);
    return table;
  }

  /** Follows it no more: it was deleted, or its recovery was turned off, or on. */
  forget(scope: string, name: string): void {
    this.#tables.delete(`${scope}/${name}`);
    this.#others.delete(`${scope}/${name}`);
  }

  /** The tables that a call is about to write to are met before it does. */
  async before(scope: string, operation: string, input: Json, ask: Ask): Promise<void> {
    const names = new Set(writtenBy(operation, input, {})?.map(({ table }) => table));
    for (const name of names) await this.follow(scope, name, ask);
  }

  /** Remembers what a call has done that succeeded. */
  async after({ scope, operation, input, output }: DoneCall, ask: Ask): Promise<void> {
    const written = writtenBy(operation, input, output);
    if (written === undefined) {
      const at = this.#options.now();
      for (const [id, table] of this.#tables) {
        if (id.startsWith(`${scope}/`)) table.inexactSince ??= at;
      }
      return;
    }
    for (const one of written) {
      const table = this.#tables.get(`${scope}/${one.table}`);
      if (table !== undefined) await this.#record(table, one, ask);
    }
  }

  async #record(table: FollowedTable, written: Written, ask: Ask): Promise<void> {
    if ("put" in written) return this.#change(table, written.put, written.put);
    if ("deleted" in written) return this.#change(table, written.deleted, null);
    if ("updated" in written) {
      const found = await ask("GetItem", {
        TableName: table.name,
        Key: written.updated,
        ConsistentRead: true,
      });
      const item = found.Item === undefined ? null : objectOf(found.Item);
      return this.#change(table, written.updated, item);
    }
    const before = table.history.itemsAt(Number.POSITIVE_INFINITY);
    const items = await scan(table.name, table.keyNames, ask);
    for (const [key, item] of items) {
      if (JSON.stringify(before.get(key)) !== JSON.stringify(item)) {
        this.#change(table, item, item);
      }
    }
    for (const [key, item] of before) {
      if (!items.has(key)) this.#change(table, item, null);
    }
  }

  #change(table: FollowedTable, key: Item, item: Item | null): void {
    const own = Object.fromEntries(table.keyNames.map((name) => [name, key[name]]));
    table.history.record(this.#options.now(), itemKey(own, table.keyNames), item);
  }
}

async function hasRecovery(name: string, ask: Ask): Promise<boolean> {
  try {
    const { ContinuousBackupsDescription } = await ask("DescribeContinuousBackups", {
      TableName: name,
    });
    const { PointInTimeRecoveryDescription } = objectOf(ContinuousBackupsDescription);
    return objectOf(PointInTimeRecoveryDescription).PointInTimeRecoveryStatus === "ENABLED";
  } catch {
    return false;
  }
}

/** The names of a table's keys, the partition key's first. */
export function keyNamesOf(table: unknown): string[] {
  const schema = objectsOf(objectOf(table).KeySchema);
  return ["HASH", "RANGE"].flatMap((type) =>
    schema
      .filter(({ KeyType }) => KeyType === type)
      .map(({ AttributeName }) => String(AttributeName)),
  );
}

/** Everything that is in a table. */
export async function scan(
  name: string,
  keyNames: readonly string[],
  ask: Ask,
): Promise<Map<string, Item>> {
  const items = new Map<string, Item>();
  let start: unknown;
  do {
    const page = await ask("Scan", {
      TableName: name,
      ConsistentRead: true,
      ...(start !== undefined && { ExclusiveStartKey: start }),
    });
    for (const item of objectsOf(page.Items)) items.set(itemKey(item, keyNames), item);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}
