import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { itemOf, type TwoTables, twoTables } from "../../../test/two-tables.ts";
import type { Item, Items } from "../../aws/index.ts";
import { compareTables, countTable } from "./compare-tables.ts";

const keys = ["PK", "SK"];
const numbered = (count: number, value: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`P${at}`, value]));

describe("two tables in an engine", () => {
  let tables: TwoTables;
  beforeEach(async () => {
    tables = await twoTables();
  });
  afterEach(() => tables.remove());

  it("are counted one by one, and told apart exactly where the sample is all there is", async () => {
    const { items, old, restored, fill } = tables;
    await fill(old, { ...numbered(40, "same"), a: "old", b: "made later" });
    await fill(restored, { ...numbered(40, "same"), a: "restored", c: "deleted later" });
    const { counts, samples } = await compareTables(items, old, restored, { keys });
    expect(counts).toEqual([
      { table: old, items: 42, isWhole: true },
      { table: restored, items: 42, isWhole: true },
    ]);
    const exactly = { sampled: 42, isAll: true, changed: 1, missing: 1, confidencePercent: 100 };
    expect(samples).toEqual([
      { of: old, in: restored, ...exactly, atMostPercent: (100 * 2) / 42 },
      { of: restored, in: old, ...exactly, atMostPercent: (100 * 2) / 42 },
    ]);
  });

  it("are estimated by a sample, with what differs at most", async () => {
    const { items, old, restored, fill } = tables;
    await fill(old, numbered(200, "same"));
    await fill(restored, numbered(200, "same"));
    const { samples } = await compareTables(items, old, restored, { keys, sampleSize: 60 });
    expect(samples[0]).toMatchObject({ sampled: 60, isAll: false, changed: 0, missing: 0 });
    // The rule of three: 3 in 60.
    expect(samples[0].atMostPercent).toBeCloseTo(4.87, 1);
    expect(samples[0].confidencePercent).toBe(95);
  });

  it("that have nothing in them are the same", async () => {
    const { items, old, restored } = tables;
    const { samples } = await compareTables(items, old, restored, { keys });
    expect(samples[0]).toMatchObject({ sampled: 0, isAll: true, atMostPercent: 0 });
  });

  it("are read no further than to the limit, and that is said", async () => {
    const { items, old, fill } = tables;
    await fill(old, numbered(50, "x"));
    expect(await countTable(items, old, { keys })).toEqual({
      table: old,
      items: 50,
      isWhole: true,
    });
    const part = await countTable(items, old, { keys, limit: 0 });
    expect(part).toEqual({ table: old, items: 0, isWhole: false });
  });

  it("are left alone as soon as somebody presses Ctrl-C", async () => {
    const { items, old, restored } = tables;
    const interrupted = AbortSignal.abort();
    await expect(compareTables(items, old, restored, { keys, interrupted })).rejects.toMatchObject({
      code: "DEPLOY_INTERRUPTED",
    });
  });
});

it("tables of any size are compared in the same memory", { timeout: 120_000 }, async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const heldMb = async (count: number) => {
    const before = used();
    let highest = before;
    let pages = 0;
    const table = largeTable(count, () => {
      pages += 1;
      if (pages % 40 === 0) highest = Math.max(highest, used());
    });
    const { counts } = await compareTables(table, "old", "restored", { keys, sampleSize: 500 });
    expect(counts.map(({ items }) => items)).toEqual([count, count]);
    return highest - before;
  };
  const small = await heldMb(20_000);
  const large = await heldMb(200_000);
  // A key takes some 100 bytes: held all, ten times as many were 30 MB more.
  expect(large - small).toBeLessThan(8);
});

/** A table that makes its items up while it is read. */
function largeTable(count: number, onPage: () => void): Pick<Items, "page" | "get"> {
  const pageSize = 1_000;
  return {
    async page(_, { number, of }, from) {
      onPage();
      const start = from === undefined ? number : Number(from.PK?.S) + of;
      const items: Item[] = [];
      let at = start;
      for (; at < count && items.length < pageSize; at += of) items.push(itemOf(`${at}`, ""));
      return { items, next: at < count ? items.at(-1) : undefined };
    },
    get: async (_, wanted) => wanted.map((key) => itemOf(key.PK?.S ?? "", "value")),
  };
}
