import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "./json.ts";

/** A JSON value whose objects may have a key twice, which no JavaScript value can. */
type Tree = { readonly plain: unknown } | { readonly list: Tree[] } | { readonly object: Entry[] };
type Entry = readonly [key: Key, value: Tree];
/** Characters, and whether each is written as an escape. */
type Key = readonly (readonly [character: string, escaped: boolean])[];

/** Few characters, so that keys collide; and all those that a hasty parser could stumble over. */
const key: fc.Arbitrary<Key> = fc.array(
  fc.tuple(fc.constantFrom("a", '"', "\\", ":", "{", "}", "[", "]", ",", "é", "\n"), fc.boolean()),
  { maxLength: 2 },
);

const { tree } = fc.letrec<{ tree: Tree; entry: Entry }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.record({ plain: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)) }),
    fc.record({ list: fc.array(tie("tree"), { maxLength: 3 }) }),
    fc.record({ object: fc.array(tie("entry"), { maxLength: 4 }) }),
  ),
  entry: fc.tuple(key, tie("tree")),
}));

const space = fc.constantFrom("", " ", "\n\t", "\r\n  ");

function text(tree: Tree, space: string): string {
  if ("plain" in tree) return JSON.stringify(tree.plain);
  if ("list" in tree) {
    return `[${space}${tree.list.map((item) => text(item, space)).join(`${space},`)}${space}]`;
  }
  const entries = tree.object.map(
    ([key, value]) => `${space}"${keyText(key)}"${space}:${space}${text(value, space)}`,
  );
  return `{${entries.join(`${space},`)}${space}}`;
}

function keyText(key: Key): string {
  return key
    .map(([character, escaped]) =>
      escaped
        ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
        : JSON.stringify(character).slice(1, -1),
    )
    .join("");
}

/** Found in the tree itself, with no text to parse. */
function repeatedKeys(tree: Tree): string[] {
  if ("plain" in tree) return [];
  if ("list" in tree) return tree.list.flatMap(repeatedKeys);
  const seen = new Set<string>();
  return tree.object.flatMap(([key, value]) => {
    const name = key.map(([character]) => character).join("");
    const repeated = seen.has(name) ? [name] : [];
    seen.add(name);
    return [...repeated, ...repeatedKeys(value)];
  });
}

describe("parsed JSON", () => {
  it("has the value that JSON.parse gives, for any text and any white space", () => {
    fc.assert(
      fc.property(tree, space, (tree, space) => {
        const json = text(tree, space);
        expect(parseJson(json).value).toEqual(JSON.parse(json));
      }),
    );
  });

  it("names every key that stands twice in one object, in the order of the text", () => {
    fc.assert(
      fc.property(tree, space, (tree, space) => {
        expect(parseJson(text(tree, space)).duplicateKeys).toEqual(repeatedKeys(tree));
      }),
    );
  });

  it("has no key twice where it was made from a value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indentation) => {
        const json = JSON.stringify(value, null, indentation);
        expect(parseJson(json)).toEqual({ value: JSON.parse(json), duplicateKeys: [] });
      }),
    );
  });

  it("is refused where JSON.parse refuses the text, and only there", () => {
    const refuses = (parse: (json: string) => unknown, json: string) => {
      try {
        parse(json);
        return false;
      } catch (error) {
        return error instanceof SyntaxError;
      }
    };
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), fc.string()),
        (json) => refuses(parseJson, json) === refuses(JSON.parse, json),
      ),
    );
  });

  it("may have a text of a million escapes in it", () => {
    const json = JSON.stringify({ a: "\n".repeat(1_000_000) });
    expect(parseJson(json).duplicateKeys).toEqual([]);
  });
});
