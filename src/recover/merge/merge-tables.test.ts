import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { itemOf, type TwoTables, twoTables } from "../../../test/two-tables.ts";
import type { Item, Items } from "../../aws/index.ts";
import { itemText } from "../compare/item-text.ts";
import { ChosenItems, mergeLine, mergeTables } from "../index.ts";
import type { ConflictRule } from "./merge-tables.ts";

const keys = ["PK", "SK"];
const names = { old: "old", restored: "restored", keys };
const none = { merged: 0, replaced: 0, kept: 0, overtaken: 0, "left-out": 0 };
const quiet = { onItem: () => {} };

describe("a merge in an engine", () => {
  let tables: TwoTables;
  beforeEach(async () => {
    tables = await twoTables();
    const { fill, old, restored } = tables;
    await fill(old, { same: "1", both: "of the old one", later: "made after that moment" });
    await fill(restored, { same: "1", both: "of the restored one", gone: "deleted after it" });
  });
  afterEach(() => tables.remove());

  it("lists what differs, and changes nothing, where it is only asked", async () => {
    const lines: string[] = [];
    const before = await tables.read(tables.restored);
    const counts = await mergeTables(tables.items, tables, {
      conflicts: "take-old",
      dryRun: true,
      onItem: (difference, action) => void lines.push(mergeLine(difference, action)),
    });
    expect(await tables.read(tables.restored)).toEqual(before);
    expect(counts["only-in-old"]).toEqual({ ...none, merged: 1 });
    expect(counts.changed).toEqual({ ...none, replaced: 1 });
    expect(counts["only-in-restored"]).toEqual({ ...none, kept: 1 });
    expect(lines.map((line) => JSON.parse(line))).toContainEqual({
      difference: "changed",
      action: "replaced",
      key: { PK: { S: "both" }, SK: { S: "METADATA" } },
      old: itemOf("both", "of the old one"),
      restored: itemOf("both", "of the restored one"),
    });
  });

  it("brings over what was made later, and leaves conflicts and all else as they were restored", async () => {
    const merge = () =>
      mergeTables(tables.items, tables, { conflicts: "keep-restored", dryRun: false, ...quiet });
    const old = await tables.read(tables.old);
    await merge();
    const after = {
      same: "1",
      both: "of the restored one",
      later: "made after that moment",
      gone: "deleted after it",
    };
    expect(await tables.read(tables.restored)).toEqual(after);
    expect(await tables.read(tables.old)).toEqual(old);
    const again = await merge();
    expect(again["only-in-old"].merged).toBe(0);
    expect(await tables.read(tables.restored)).toEqual(after);
  });

  it("lets the old ones count in a conflict where somebody has said so", async () => {
    await mergeTables(tables.items, tables, { conflicts: "take-old", dryRun: false, ...quiet });
    expect(await tables.read(tables.restored)).toMatchObject({ both: "of the old one" });
  });
});

describe("a merge", () => {
  const content = fc.dictionary(
    fc.constantFrom("a", "b", "c", "d", "e", "f"),
    fc.constantFrom("1", "2", "3"),
  );
  const rule = fc.constantFrom<ConflictRule>("keep-restored", "take-old");

  it("ends in the same items, however often it is cut off and run again", async () => {
    await fc.assert(
      fc.asyncProperty(
        content,
        content,
        rule,
        fc.nat({ max: 8 }),
        async (old, now, conflicts, at) => {
          const restored = memory({ old, restored: now });
          let calls = 0;
          const dying: typeof restored = {
            ...restored,
            async put(...what) {
              calls += 1;
              if (calls > at) throw new Error("killed");
              return restored.put(...what);
            },
          };
          const options = { conflicts, dryRun: false, ...quiet };
          await mergeTables(dying, names, options).catch(({ message }) =>
            expect(message).toBe("killed"),
          );
          await mergeTables(restored, names, options);
          const expected = conflicts === "take-old" ? { ...now, ...old } : { ...old, ...now };
          expect(restored.contents("restored")).toEqual(expected);
          expect(restored.contents("old")).toEqual(old);
        },
      ),
    );
  });

  it("writes the items that were chosen, told by the lines of a list, and no others", async () => {
    const subset = fc.subarray(["a", "b", "c", "d", "e", "f"]);
    await fc.assert(
      fc.asyncProperty(content, content, rule, subset, async (old, now, conflicts, picked) => {
        const tables = memory({ old, restored: now });
        const lines: string[] = [];
        const options = { conflicts, dryRun: true };
        await mergeTables(tables, names, {
          ...options,
          onItem: (difference, action) => void lines.push(mergeLine(difference, action)),
        });
        const chosen = new ChosenItems();
        const kept = lines.filter((line) => picked.includes(JSON.parse(line).key.PK.S));
        for (const line of kept) expect(chosen.add(line)).toBe(true);
        expect(chosen.size).toBe(kept.length);
        await mergeTables(tables, names, {
          ...options,
          dryRun: false,
          isChosen: (key) => chosen.has(key),
          ...quiet,
        });
        const only = Object.fromEntries(
          picked.flatMap((key) => (key in old ? [[key, old[key]]] : [])),
        );
        const expected = conflicts === "take-old" ? { ...now, ...only } : { ...only, ...now };
        expect(tables.contents("restored")).toEqual(expected);
      }),
    );
  });

  it("takes no line for an item that is none", () => {
    const lines = ["", "{", "null", "7", '{"key":null}', '{"key":[]}', '{"kind":"changed"}'];
    expect(lines.map((line) => new ChosenItems().add(line))).toEqual(lines.map(() => false));
  });

  it("never overwrites what a caller writes meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(content, content, rule, content, async (old, now, conflicts, writes) => {
        const tables = memory({ old, restored: now });
        const written = new Map(Object.entries(writes));
        const busy: typeof tables = {
          ...tables,
          async put(table, item, ...more) {
            const key = item.PK?.S ?? "";
            // A caller comes right before, where there is one.
            const value = written.get(key);
            if (value !== undefined) tables.set("restored", key, `of a caller: ${value}`);
            return tables.put(table, item, ...more);
          },
        };
        const told: string[] = [];
        await mergeTables(busy, names, {
          conflicts,
          dryRun: false,
          onItem: ({ key }, action) => void (action === "overtaken" && told.push(key.PK?.S ?? "")),
        });
        const after = tables.contents("restored");
        const overtaken = [...written].filter(([key]) => after[key]?.startsWith("of a caller"));
        expect(told.sort()).toEqual(overtaken.map(([key]) => key).sort());
        for (const [key, value] of overtaken) expect(after[key]).toBe(`of a caller: ${value}`);
      }),
    );
  });
});

type Contents = Readonly<Record<string, string>>;

/** Tables that are a few words. */
function memory(first: { readonly old: Contents; readonly restored: Contents }) {
  const tables = new Map(
    Object.entries(first).map(([name, values]) => [name, new Map(Object.entries(values))]),
  );
  const of = (name: string) => tables.get(name) ?? new Map<string, string>();
  const items: Pick<Items, "page" | "get" | "put"> = {
    async page(name, { number, of: parts }) {
      const all = [...of(name)].map(([key, value]) => itemOf(key, value));
      return { items: all.filter((_, at) => at % parts === number), next: undefined };
    },
    get: async (name, wanted) =>
      wanted.flatMap(({ PK }): Item[] => {
        const value = of(name).get(PK?.S ?? "");
        return value === undefined ? [] : [itemOf(PK?.S ?? "", value)];
      }),
    async put(name, item, seen) {
      const key = item.PK?.S ?? "";
      const value = of(name).get(key);
      const there = value === undefined ? undefined : itemText(itemOf(key, value));
      if (there !== (seen && itemText(seen))) return false;
      of(name).set(key, item.value?.S ?? "");
      return true;
    },
  };
  return {
    ...items,
    contents: (name: string) => Object.fromEntries(of(name)),
    set: (name: string, key: string, value: string) => void of(name).set(key, value),
  };
}
