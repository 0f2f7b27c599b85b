import type { Item } from "../../aws/index.ts";
import { canonicalJson } from "../../system/index.ts";

/**
 * An item as text: two items are the same exactly where their texts are. Sets have no order, and neither have the
 * attributes of an item; binary values are in base64, as DynamoDB has them in JSON.
 */
export function itemText(item: Item): string {
  return canonicalJson(plain(item));
}

/** The key of an item, by the names of the table's key attributes. */
export function keyOf(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(
    names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])),
  );
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSet(name, inner) ? (plain(inner) as string[]).sort() : plain(inner),
    ]),
  );
}

/** An attribute may be called `SS`, too: then it is an object with its type. */
function isSet(name: string, inner: unknown): boolean {
  return (name === "SS" || name === "NS" || name === "BS") && Array.isArray(inner);
}
