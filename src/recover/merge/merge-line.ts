import type { Item } from "../../aws/index.ts";
import { itemText } from "../compare/item-text.ts";
import type { ItemDifference } from "./item-difference.ts";
import type { MergeAction } from "./merge-tables.ts";

/** A line of JSON about an item: what differs, what was done, and the item as it is in each table, in DynamoDB's form. */
export function mergeLine(difference: ItemDifference, action: MergeAction): string {
  const { kind, key } = difference;
  const inOld = kind === "only-in-restored" ? undefined : difference.old;
  const inRestored = kind === "only-in-old" ? undefined : difference.restored;
  const text = (item: Item | undefined) => (item === undefined ? "null" : itemText(item));
  return `{"difference":"${kind}","action":"${action}","key":${itemText(key)},"old":${text(inOld)},"restored":${text(inRestored)}}`;
}
