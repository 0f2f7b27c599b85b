import { type Item, type Items, itemsAtOnce } from "../../aws/index.ts";
import { itemText, keyOf } from "../compare/item-text.ts";
import { readTable } from "../compare/read-table.ts";

/** An item that is not the same in the table that is kept aside and in the restored one. */
export type ItemDifference =
  /** Made after the moment that was restored to; or deleted from the restored table since then. */
  | { readonly kind: "only-in-old"; readonly key: Item; readonly old: Item }
  /** Deleted after that moment; or made in the restored table since then. */
  | { readonly kind: "only-in-restored"; readonly key: Item; readonly restored: Item }
  | {
      readonly kind: "changed";
      readonly key: Item;
      readonly old: Item;
      readonly restored: Item;
    };

export interface DifferingTables {
  /** The one that is kept aside. */
  readonly old: string;
  readonly restored: string;
  /** The names of their key attributes. */
  readonly keys: readonly string[];
}

/**
 * All items that differ between two tables, in no order. Reads both tables once; no more than a few pages of items are
 * held, however large the tables are.
 *
 * @param onDifference several of these may be under way at the same time; reading waits for them
 * @throws {LambdakitError} DEPLOY_INTERRUPTED, or what `awsError` says
 */
export async function findDifferences(
  items: Pick<Items, "page" | "get">,
  { old, restored, keys }: DifferingTables,
  onDifference: (difference: ItemDifference) => Promise<void>,
  interrupted?: AbortSignal,
): Promise<void> {
  const textOf = (item: Item) => itemText(keyOf(item, keys));
  const inBatches = async (
    page: readonly Item[],
    other: string,
    look: (one: Item, there: Item | undefined) => Promise<void>,
  ) => {
    for (let start = 0; start < page.length; start += itemsAtOnce) {
      const batch = page.slice(start, start + itemsAtOnce);
      const wanted = batch.map((one) => keyOf(one, keys));
      const found = await items.get(other, wanted);
      const there = new Map(found.map((one) => [textOf(one), one]));
      for (const one of batch) await look(one, there.get(textOf(one)));
    }
  };
  await readTable(items, old, { interrupted }, (page) =>
    inBatches(page, restored, async (one, there) => {
      const key = keyOf(one, keys);
      if (there === undefined) await onDifference({ kind: "only-in-old", key, old: one });
      else if (itemText(one) !== itemText(there)) {
        await onDifference({ kind: "changed", key, old: one, restored: there });
      }
    }),
  );
  await readTable(items, restored, { interrupted }, (page) =>
    inBatches(page, old, async (one, there) => {
      if (there !== undefined) return;
      await onDifference({ kind: "only-in-restored", key: keyOf(one, keys), restored: one });
    }),
  );
}
