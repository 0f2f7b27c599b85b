import { type Item, type Items, itemsAtOnce } from "../../aws/index.ts";
import { requireGoOn } from "../pause.ts";
import { atMost, confidence } from "./at-most.ts";
import { itemText, keyOf } from "./item-text.ts";
import { type ReadOptions, readTable } from "./read-table.ts";
import { Reservoir } from "./reservoir.ts";

/** How much of a table was counted. */
export interface ItemCount {
  readonly table: string;
  /** Counted one by one, and not what DescribeTable says, which is up to six hours old. */
  readonly items: number;
  /** Whether that are all of them: what is larger than the limit was counted no further. */
  readonly isWhole: boolean;
}

/** What a sample of one table has shown of another one. */
export interface SampleComparison {
  /** The table that the items were picked from, at random, and that they were looked for in. */
  readonly of: string;
  readonly in: string;
  readonly sampled: number;
  /** Whether that was all that the first table has: then nothing is estimated. */
  readonly isAll: boolean;
  /** How many are there with other attributes, and how many are not there. */
  readonly changed: number;
  readonly missing: number;
  /** The percentage of items that are changed or missing at most, with the confidence. */
  readonly atMostPercent: number;
  readonly confidencePercent: number;
}

/** How two tables differ that should have the same items, but for what was written to one of them meanwhile. */
export interface TableComparison {
  readonly counts: readonly [source: ItemCount, target: ItemCount];
  /** What the source has and the target may lack, and the other way round. */
  readonly samples: readonly [ofSource: SampleComparison, ofTarget: SampleComparison];
}

export interface CompareOptions {
  /** The names of the tables' key attributes. */
  readonly keys: readonly string[];
  /** Items that are picked of each table. @default 3,000: where none differ, at most 0.1 % do */
  readonly sampleSize?: number;
  /**
   * Items of each table after which no further ones are read; what is said holds for the part that was read, which is
   * by the hash of partition keys. @default 1,000,000, which are some minutes of reading
   */
  readonly limit?: number;
  /** @default Math.random */
  readonly random?: () => number;
  readonly interrupted?: AbortSignal | undefined;
}

const usualSample = 3_000;
const usualLimit = 1_000_000;

/**
 * Counts two tables and holds a sample of each against the other, without holding more than the sample's keys and a few
 * pages. Both may be written to meanwhile: what is looked at is read consistently, and is as it is at that moment.
 *
 * @param source the table that was there before
 * @param target the restored one
 * @throws {LambdakitError} DEPLOY_INTERRUPTED, or what `awsError` says
 */
export async function compareTables(
  items: Pick<Items, "page" | "get">,
  source: string,
  target: string,
  options: CompareOptions,
): Promise<TableComparison> {
  const ofSource = await pick(items, source, options);
  const ofTarget = await pick(items, target, options);
  return {
    counts: [ofSource.count, ofTarget.count],
    samples: [
      await holdAgainst(items, ofSource, target, options),
      await holdAgainst(items, ofTarget, source, options),
    ],
  };
}

/** Counts a table: what can be said of a restored one where there is nothing to hold it against. */
export async function countTable(
  items: Pick<Items, "page">,
  table: string,
  { keys, limit = usualLimit, interrupted }: CompareOptions,
): Promise<ItemCount> {
  let counted = 0;
  const read: ReadOptions = { names: keys, limit, interrupted };
  const isWhole = await readTable(items, table, read, (page) => {
    counted += page.length;
  });
  return { table, items: counted, isWhole };
}

interface Picked {
  readonly count: ItemCount;
  readonly sample: readonly Item[];
}

async function pick(
  items: Pick<Items, "page">,
  table: string,
  {
    keys,
    sampleSize = usualSample,
    limit = usualLimit,
    random = Math.random,
    interrupted,
  }: CompareOptions,
): Promise<Picked> {
  const reservoir = new Reservoir<Item>(sampleSize, random);
  const isWhole = await readTable(items, table, { names: keys, limit, interrupted }, (page) => {
    for (const one of page) reservoir.offer(one);
  });
  return { count: { table, items: reservoir.offered, isWhole }, sample: reservoir.kept };
}

async function holdAgainst(
  items: Pick<Items, "get">,
  { count, sample }: Picked,
  other: string,
  { keys, interrupted }: CompareOptions,
): Promise<SampleComparison> {
  let [changed, missing, sampled] = [0, 0, 0];
  for (let start = 0; start < sample.length; start += itemsAtOnce) {
    requireGoOn(interrupted);
    const batch = sample.slice(start, start + itemsAtOnce);
    const [here, there] = await Promise.all([
      textsByKey(items, count.table, batch, keys),
      textsByKey(items, other, batch, keys),
    ]);
    for (const [key, text] of here) {
      sampled += 1;
      if (!there.has(key)) missing += 1;
      else if (there.get(key) !== text) changed += 1;
    }
  }
  const isAll = count.isWhole && sample.length === count.items;
  const differing = changed + missing;
  const share = sampled === 0 ? 0 : differing / sampled;
  return {
    of: count.table,
    in: other,
    sampled,
    isAll,
    changed,
    missing,
    atMostPercent: 100 * (isAll ? share : atMost(differing, sampled)),
    confidencePercent: 100 * (isAll ? 1 : confidence),
  };
}

/** What was deleted since it was picked is left out. */
async function textsByKey(
  items: Pick<Items, "get">,
  table: string,
  picked: readonly Item[],
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await items.get(table, picked);
  return new Map(found.map((one) => [itemText(keyOf(one, keys)), itemText(one)]));
}
