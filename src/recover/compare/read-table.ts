import type { Item, Items } from "../../aws/index.ts";
import { requireGoOn } from "../pause.ts";

/** Readers at the same time: as many as keep the network busy, and leave callers most of a table's capacity. */
const readers = 4;

export interface ReadOptions {
  /** The attributes that are wanted. @default all */
  readonly names?: readonly string[];
  /** No page is begun once so many items were read. @default all are read */
  readonly limit?: number | undefined;
  readonly interrupted?: AbortSignal | undefined;
}

/**
 * Reads a table page by page, by several readers, each of which has an own part of it. No more than a page of each is
 * held.
 *
 * @param onPage takes the items; the next page of the same part waits for it
 * @returns whether all of it was read
 * @throws {LambdakitError} DEPLOY_INTERRUPTED, or what `awsError` says
 */
export async function readTable(
  items: Pick<Items, "page">,
  table: string,
  { names, limit = Number.POSITIVE_INFINITY, interrupted }: ReadOptions,
  onPage: (page: readonly Item[]) => Promise<void> | void,
): Promise<boolean> {
  let read = 0;
  let hasFailed = false;
  const readPart = async (number: number): Promise<boolean> => {
    let from: Item | undefined;
    do {
      requireGoOn(interrupted);
      if (hasFailed || read >= limit) return false;
      const page = await items.page(table, { number, of: readers }, from, names);
      read += page.items.length;
      await onPage(page.items);
      from = page.next;
    } while (from !== undefined);
    return true;
  };
  const parts = Array.from({ length: readers }, (_, number) =>
    readPart(number).catch((error: unknown) => {
      hasFailed = true;
      throw error;
    }),
  );
  // Nobody reads on behind the back of whoever was told that it failed.
  const ended = await Promise.allSettled(parts);
  return ended.every((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}
