import { isDeepStrictEqual } from "node:util";

/** An item as DynamoDB writes it, `{"price": {"N": "99.90"}}`: nothing is lost on the way. */
export type Item = Readonly<Record<string, unknown>>;

/** The condition that each attribute is as it was read. */
export function asItWas(item: Item) {
  const expressions = new Expressions();
  return { ConditionExpression: expressions.unchanged(item), ...expressions.attributes() };
}

/**
 * The update that makes one item of another, if it still is as it was read. It names only what
 * changes, so that it cannot undo what somebody else adds at the same time.
 */
export function change(before: Item, after: Item) {
  const expressions = new Expressions();
  const set = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const removed = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const added = set.filter((name) => !Object.hasOwn(before, name));
  const parts = [
    ["SET", set.map((name) => `${expressions.name(name)} = ${expressions.value(after[name])}`)],
    ["REMOVE", removed.map((name) => expressions.name(name))],
  ] as const;
  return {
    UpdateExpression: parts
      .filter(([, list]) => list.length > 0)
      .map(([keyword, list]) => `${keyword} ${list.join(", ")}`)
      .join(" "),
    ConditionExpression: [
      expressions.unchanged(before),
      ...added.map((name) => `attribute_not_exists(${expressions.name(name)})`),
    ].join(" AND "),
    ...expressions.attributes(),
  };
}

/** Stand-ins for names and values, which may be anything. */
class Expressions {
  readonly #names = new Map<string, string>();
  readonly #values = new Map<string, unknown>();

  name(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const standIn = `#n${this.#names.size}`;
    this.#names.set(name, standIn);
    return standIn;
  }

  value(value: unknown): string {
    const standIn = `:v${this.#values.size}`;
    this.#values.set(standIn, value);
    return standIn;
  }

  unchanged(item: Item): string {
    return Object.entries(item)
      .map(([name, value]) => `${this.name(name)} = ${this.value(value)}`)
      .join(" AND ");
  }

  attributes() {
    const names = [...this.#names].map(([name, standIn]) => [standIn, name]);
    return {
      ExpressionAttributeNames: Object.fromEntries(names),
      ExpressionAttributeValues: Object.fromEntries(this.#values),
    };
  }
}
