import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openManifest } from "./manifest-source.ts";

/** What the source exports. */
function evaluated(source: string): unknown {
  return new Function(`return ${source.replace(/^export default defineService/, "")}`)();
}

const inForm = (functions: string) => `export default defineService({ functions: ${functions} })`;

function added(object: string, ...properties: string[]): string {
  const manifest = openManifest(inForm(object));
  manifest.add(["functions"], ...properties);
  return manifest.text();
}

describe("a property that is added to service.ts", () => {
  it("stands on the line of the others where they have one line", () => {
    expect(added("{ a: 1 }", "b: 2", "c: 3")).toBe(inForm("{ a: 1, b: 2, c: 3 }"));
  });

  it("stands behind the others, as far to the right, and behind a comment on the last line", () => {
    const source = "{\n  a: 1, // one\n  b: [\n    2,\n  ], // two\n}";
    const text = "c: {\n  d: 3,\n}";
    expect(added(source, text)).toBe(
      inForm("{\n  a: 1, // one\n  b: [\n    2,\n  ], // two\n  c: {\n    d: 3,\n  },\n}"),
    );
  });

  it("gives the last one the comma that it lacks", () => {
    expect(added("{\n  a: 1\n}", "b: 2")).toBe(inForm("{\n  a: 1,\n  b: 2,\n}"));
  });

  it("is the only one in an empty object", () => {
    expect(added("{}", "a: 1")).toBe(inForm("{\n  a: 1,\n}"));
  });

  it("leaves all that was there as it was, however it was laid out", () => {
    const space = fc.constantFrom("", " ", "\n", "\n  ", " /* , } */ ", " // , }\n");
    const value = fc.constantFrom("1", '"}"', "[1, 2]", "{ x: 1 }", "{\n x: 1\n}");
    const property = fc
      .tuple(fc.constantFrom("a", "b", '"c-d"'), space, value, space)
      .map(([key, before, one, behind]) => ({ key, text: `${key}:${before}${one}${behind}` }));
    const object = fc
      .tuple(fc.uniqueArray(property, { selector: ({ key }) => key }), fc.boolean(), space)
      .map(([all, hasComma, end]) => {
        const comma = hasComma && all.length > 0 ? "," : "";
        return `{${all.map(({ text }) => text).join(",")}${comma}${end}}`;
      });
    fc.assert(
      fc.property(object, fc.constantFrom("z: 1", "z: {\n  y: 1,\n}"), (source, text) => {
        const before = Object(evaluated(inForm(source))).functions;
        const after = added(source, text, "last: 2");
        const z = text === "z: 1" ? 1 : { y: 1 };
        expect(Object(evaluated(after)).functions).toEqual({ ...before, z, last: 2 });
        // Nothing is taken away: what was there is there, in its order.
        let at = 0;
        for (const character of source) {
          at = after.indexOf(character, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe("an entry that is added to a list", () => {
  it.each([
    ["[1, 2]", "[1, 2, 3]"],
    ["[]", "[3]"],
    ["[\n  1,\n  2,\n]", "[\n  1,\n  2, 3,\n]"],
  ])("%j becomes %j", (list, then) => {
    const manifest = openManifest(inForm(list));
    manifest.addEntry(["functions"], "3");
    expect(manifest.text()).toBe(inForm(then));
  });

  it("is refused where there is none", () => {
    const manifest = openManifest(inForm("routes"));
    expect(() => manifest.addEntry(["functions"], "3")).toThrow("functions is no list");
    expect(() => manifest.add(["functions"], "a: 3")).toThrow("functions is no object");
  });
});
