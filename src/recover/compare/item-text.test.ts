import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Item } from "../../aws/index.ts";
import { itemText, keyOf } from "./item-text.ts";

const leaf = fc.oneof(
  fc.string().map((S) => ({ S })),
  fc.integer().map((number) => ({ N: String(number) })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
  fc.uint8Array({ maxLength: 4 }).map((B) => ({ B })),
  fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }).map((SS) => ({ SS })),
  fc
    .uniqueArray(fc.integer(), { minLength: 1, maxLength: 4 })
    .map((all) => ({ NS: all.map(String) })),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }).map((L) => ({ L })),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 3 }).map((M) => ({ M })),
  ),
}));
const item = fc.dictionary(fc.string(), value, { maxKeys: 4 }) as fc.Arbitrary<Item>;

describe("the text of an item", () => {
  it("is the same whatever the order of its attributes, and of what is in its sets", () => {
    fc.assert(
      fc.property(item, (one) => {
        expect(itemText(backwards(one) as Item)).toBe(itemText(one));
      }),
    );
  });

  it("tells apart what is not the same: a list in another order, a number and its text, an attribute more", () => {
    const one: Item = { a: { L: [{ N: "1" }, { N: "2" }] } };
    const others: Item[] = [
      { a: { L: [{ N: "2" }, { N: "1" }] } },
      { a: { L: [{ S: "1" }, { N: "2" }] } },
      { a: { L: [{ N: "1" }, { N: "2" }] }, b: { NULL: true } },
      { a: { NS: ["1", "2"] } },
      {},
    ];
    expect(new Set([one, ...others].map(itemText)).size).toBe(others.length + 1);
    const bytes: Item[] = [{ a: { B: new Uint8Array([1]) } }, { a: { B: new Uint8Array([2]) } }];
    expect(new Set(bytes.map(itemText)).size).toBe(2);
  });

  it("is JSON that another program reads", () => {
    const binary = { PK: { B: new Uint8Array([255, 0]) }, other: { S: "x" } };
    expect(JSON.parse(itemText(binary))).toEqual({ PK: { B: "/wA=" }, other: { S: "x" } });
    expect(keyOf(binary, ["PK", "SK"])).toEqual({ PK: binary.PK });
  });
});

/** With all keys and the members of sets the other way round; lists keep their order. */
function backwards(value: unknown): unknown {
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(backwards);
  const entries = Object.entries(value).map(([name, inner]) => {
    const isSet = /^[SN]S$/.test(name) && Array.isArray(inner) && typeof inner[0] === "string";
    return [name, isSet ? [...inner].reverse() : backwards(inner)];
  });
  return Object.fromEntries(entries.reverse());
}
