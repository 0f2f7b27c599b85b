import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { itemOf, type TwoTables, twoTables } from "../../test/two-tables.ts";
import type { Item } from "./index.ts";

describe("items of a table", () => {
  let tables: TwoTables;
  beforeAll(async () => {
    tables = await twoTables();
  });
  afterAll(() => tables.remove());

  it("are given in parts that have each of them once, with the attributes that are wanted", async () => {
    const { items, old, fill, keys } = tables;
    await fill(old, Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`P${at}`, "x"])));
    const found: Item[] = [];
    const sizes: number[] = [];
    for (let number = 0; number < 4; number += 1) {
      const page = await items.page(old, { number, of: 4 }, undefined, keys);
      found.push(...page.items);
      sizes.push(page.items.length);
    }
    expect(new Set(found.map((one) => one.PK?.S)).size).toBe(150);
    expect(found).toHaveLength(150);
    expect(found[0]).not.toHaveProperty("value");
    expect(Math.max(...sizes)).toBeLessThan(150);
  });

  it("are got by more keys than DynamoDB takes at once, and those that are not there are left out", async () => {
    const { items, old, keys } = tables;
    const wanted = Array.from({ length: 250 }, (_, at) => itemOf(`P${at}`, "")).map(
      ({ PK, SK }) => ({ PK, SK }) as Item,
    );
    expect(keys).toEqual(Object.keys(wanted[0] ?? {}));
    expect(await items.get(old, wanted)).toHaveLength(150);
    expect(await items.get(old, [])).toEqual([]);
  });

  it("are put only where nothing is, or what was seen, to the last attribute", async () => {
    const { items, old, keys } = tables;
    const [seen, other] = [itemOf("Q", "one"), itemOf("Q", "two")];
    expect(await items.put(old, seen, undefined, keys)).toBe(true);
    expect(await items.put(old, other, undefined, keys)).toBe(false);
    const more = { ...other, added: { L: [{ N: "1" }] } };
    expect(await items.put(old, more, seen, keys)).toBe(true);
    expect(await items.put(old, seen, seen, keys)).toBe(false);
    // An attribute that has come since then is one that was not seen.
    expect(await items.put(old, { ...other, added: { S: "x" } }, other, keys)).toBe(false);
    const bare = { PK: { S: "R" }, SK: { S: "METADATA" } };
    expect(await items.put(old, bare, bare, keys)).toBe(false);
    expect(await items.put(old, bare, undefined, keys)).toBe(true);
    expect(await items.put(old, itemOf("R", "now"), bare, keys)).toBe(true);
  });
});
