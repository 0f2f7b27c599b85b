import type { Item, Items } from "../../aws/index.ts";
import { type DifferingTables, findDifferences, type ItemDifference } from "./item-difference.ts";

/** What becomes of items that are in both tables and not the same. */
export type ConflictRule = "keep-restored" | "take-old";

/**
 * What was done with an item. `merged`: it was brought over. `replaced`: the old one has taken the place of the restored
 * one. `kept`: the restored table stays as it is. `overtaken`: somebody has written it meanwhile, and that counts.
 * `left-out`: it is none of those that were chosen.
 */
export type MergeAction = "merged" | "replaced" | "kept" | "overtaken" | "left-out";

export interface MergeOptions {
  readonly conflicts: ConflictRule;
  /** Says what would be done, and does nothing. */
  readonly dryRun: boolean;
  /** Whether an item with this key may be written. @default every one */
  readonly isChosen?: ((key: Item) => boolean) | undefined;
  readonly interrupted?: AbortSignal | undefined;
  /** Told of each item when it is done. Several may be under way at the same time. */
  readonly onItem: (difference: ItemDifference, action: MergeAction) => Promise<void> | void;
}

/** How many items there were of each kind, and what was done with them. */
export type MergeCounts = Readonly<
  Record<ItemDifference["kind"], Readonly<Record<MergeAction, number>>>
>;

/**
 * Brings back what was written to the old table after the moment that its successor was restored to. Items that only the
 * old one has are brought over; what is in both, and not the same, is a conflict, and stays as it was restored unless
 * asked otherwise; nothing is ever deleted. Each item is written only if the restored table still has what was seen
 * there, so that what callers write meanwhile counts. Run again, it finds what is left to do.
 *
 * @throws {LambdakitError} DEPLOY_INTERRUPTED, or what `awsError` says
 */
export async function mergeTables(
  items: Pick<Items, "page" | "get" | "put">,
  tables: DifferingTables,
  { conflicts, dryRun, isChosen = () => true, interrupted, onItem }: MergeOptions,
): Promise<MergeCounts> {
  const none = () => ({ merged: 0, replaced: 0, kept: 0, overtaken: 0, "left-out": 0 });
  const counts = { "only-in-old": none(), "only-in-restored": none(), changed: none() };
  const put = async (difference: Exclude<ItemDifference, { kind: "only-in-restored" }>) => {
    const seen = difference.kind === "changed" ? difference.restored : undefined;
    return dryRun || items.put(tables.restored, difference.old, seen, tables.keys);
  };
  const act = async (difference: ItemDifference): Promise<MergeAction> => {
    if (difference.kind === "only-in-restored") return "kept";
    if (!isChosen(difference.key)) return "left-out";
    if (difference.kind === "changed" && conflicts === "keep-restored") return "kept";
    if (!(await put(difference))) return "overtaken";
    return difference.kind === "changed" ? "replaced" : "merged";
  };
  const merge = async (difference: ItemDifference) => {
    const action = await act(difference);
    counts[difference.kind][action] += 1;
    await onItem(difference, action);
  };
  await findDifferences(items, tables, merge, interrupted);
  return counts;
}
