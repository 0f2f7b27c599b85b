import type { ItemAttributes, KeyedItems } from "../aws/index.ts";
import type { KeyPlan, TablePlan } from "../plan/index.ts";

/** The keys of a table, as its heartbeats have them. */
export type HeartbeatKeys = Pick<TablePlan, "partitionKey" | "sortKey">;

/** An item that a drill writes to see later whether it is still there. */
export interface Heartbeat {
  /** From 1 on, without a gap. */
  readonly number: number;
  /** When it was written, ISO 8601. */
  readonly at: string;
}

/** What the attributes are called that say it; none of them is a key of an index, so that indexes do not have it. */
const attributes = {
  number: "lambdakitDrillNumber",
  at: "lambdakitDrillAt",
  whole: "lambdakitDrillWhole",
};

/**
 * Where a heartbeat lies: under a key that no route serves. All of a drill's have one partition, where the table
 * has a sort key.
 *
 * @param drill what tells the drill from every other, a number
 */
export function heartbeatKey(
  { partitionKey, sortKey }: HeartbeatKeys,
  drill: number,
  number: number,
): ItemAttributes {
  const padded = String(number).padStart(6, "0");
  if (sortKey === null) {
    return value(partitionKey, `LAMBDAKIT#DRILL#${drill}#${padded}`, `-${drill}${padded}`);
  }
  return {
    ...value(partitionKey, `LAMBDAKIT#DRILL#${drill}`, `-${drill}`),
    ...value(sortKey, padded, padded.replace(/^0+/, "")),
  };
}

/** The item of a heartbeat. */
export function heartbeatItem(
  keys: HeartbeatKeys,
  drill: number,
  { number, at }: Heartbeat,
): ItemAttributes {
  return {
    ...heartbeatKey(keys, drill, number),
    [attributes.number]: { N: String(number) },
    [attributes.at]: { S: at },
    [attributes.whole]: { S: "yes" },
  };
}

/** The same item after a release has made a mess of it: it is there, and says something else. */
export function corruptedItem(
  keys: HeartbeatKeys,
  drill: number,
  { number }: Heartbeat,
): ItemAttributes {
  return {
    ...heartbeatKey(keys, drill, number),
    [attributes.number]: { N: String(number) },
    [attributes.whole]: { S: "no" },
  };
}

/** The heartbeat that an item is; undefined where it is none, or was corrupted. */
export function heartbeatOf(item: ItemAttributes): Heartbeat | undefined {
  const text = (name: string) => String(Object.values(item[name] ?? {})[0] ?? "");
  const [number, at] = [Number(text(attributes.number)), text(attributes.at)];
  const isWhole = text(attributes.whole) === "yes" && Number.isInteger(number);
  return isWhole && !Number.isNaN(Date.parse(at)) ? { number, at } : undefined;
}

function value({ name, type }: KeyPlan, text: string, number: string): ItemAttributes {
  if (type === "N") return { [name]: { N: number } };
  return { [name]: type === "S" ? { S: text } : { B: Buffer.from(text) } };
}

/** The heartbeats of one drill in the tables of AWS. */
export class Heartbeats {
  readonly #items: Pick<KeyedItems, "put" | "read" | "remove">;
  readonly #keys: HeartbeatKeys;
  readonly #drill: number;

  constructor(
    items: Pick<KeyedItems, "put" | "read" | "remove">,
    keys: HeartbeatKeys,
    drill: number,
  ) {
    this.#items = items;
    this.#keys = keys;
    this.#drill = drill;
  }

  /** Returns when it was acknowledged. */
  write(table: string, heartbeat: Heartbeat): Promise<void> {
    return this.#items.put(table, heartbeatItem(this.#keys, this.#drill, heartbeat));
  }

  corrupt(table: string, heartbeat: Heartbeat): Promise<void> {
    return this.#items.put(table, corruptedItem(this.#keys, this.#drill, heartbeat));
  }

  /**
   * Those that are whole, the newest last.
   *
   * @param sent how many there can be
   * @returns nothing where there is no such table
   */
  async whole(table: string, sent: number): Promise<Heartbeat[] | undefined> {
    const items = await this.#items.read(table, this.#allKeys(sent));
    return items
      ?.flatMap((item) => heartbeatOf(item) ?? [])
      .sort((one, other) => one.number - other.number);
  }

  remove(table: string, sent: number): Promise<void> {
    return this.#items.remove(table, this.#allKeys(sent));
  }

  #allKeys(sent: number): ItemAttributes[] {
    return Array.from({ length: sent }, (_, index) =>
      heartbeatKey(this.#keys, this.#drill, index + 1),
    );
  }
}
