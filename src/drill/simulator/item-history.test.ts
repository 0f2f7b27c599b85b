import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ItemHistory, itemKey } from "./item-history.ts";

const change = fc.record({
  after: fc.integer({ min: -2, max: 5 }),
  key: fc.constantFrom("a", "b", "c"),
  item: fc.option(fc.record({ n: fc.record({ N: fc.string() }) })),
});

describe("the history of a table's items", () => {
  it("has at each time what a table would have held that was written to so far", () => {
    fc.assert(
      fc.property(fc.array(change), fc.integer({ min: 0, max: 60 }), (changes, asked) => {
        const history = new ItemHistory(0, new Map([["a", { n: { N: "0" } }]]), 1_000);
        const expected = new Map<string, object>([["a", { n: { N: "0" } }]]);
        let at = 0;
        let shown = 0;
        for (const { after, key, item } of changes) {
          at += after;
          shown = Math.max(shown, at);
          history.record(at, key, item);
          if (shown > asked) continue;
          if (item === null) expected.delete(key);
          else expected.set(key, item);
        }
        expect(history.itemsAt(asked)).toEqual(expected);
      }),
    );
  });

  it("keeps so many changes and no more, and begins later for that", () => {
    fc.assert(
      fc.property(fc.array(change), fc.integer({ min: 1, max: 4 }), (changes, most) => {
        const whole = new ItemHistory(0, new Map(), 1_000);
        const short = new ItemHistory(0, new Map(), most);
        changes.forEach(({ key, item }, at) => {
          whole.record(at, key, item);
          short.record(at, key, item);
        });
        expect(short.since).toBe(Math.max(0, changes.length - most - 1));
        for (let at = short.since; at <= changes.length; at++) {
          expect(short.itemsAt(at)).toEqual(whole.itemsAt(at));
        }
      }),
    );
  });

  it("tells items apart by their keys alone", () => {
    const keys = ["PK", "SK"];
    const one = itemKey({ PK: { S: "a" }, SK: { N: "1" }, more: { S: "x" } }, keys);
    expect(itemKey({ SK: { N: "1" }, PK: { S: "a" } }, keys)).toBe(one);
    expect(itemKey({ SK: { S: "1" }, PK: { S: "a" } }, keys)).not.toBe(one);
  });
});
