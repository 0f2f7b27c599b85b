import { describe, expect, it } from "vitest";
import { readHead, withHead } from "./module-head.ts";

const imported = 'import * as m from "./src/m.ts";';
const exported = "export default defineService({});\n";

describe("the head of a module", () => {
  it("has its names, and what its constants are", () => {
    const source = `import { a, b as c } from "./a.ts";\nconst one = { two: 1 };\nlet three;\n${exported}const later = 1;\n`;
    const { names, constants } = readHead(source);
    expect([...names]).toEqual(["a", "c", "one", "three"]);
    expect([...constants]).toEqual([["one", "{ two: 1 }"]]);
  });

  it("gets an import where the formatter would have it: by its path, behind packages", () => {
    const [first, last] = ['import a from "./a.ts";', 'import z from "./z.ts";'];
    const pack = 'import { defineService } from "lambdakit"; // Ours.';
    for (const [before, after] of [
      [
        [pack, first, last],
        [pack, first, imported, last],
      ],
      [
        [pack, last],
        [pack, imported, last],
      ],
      [[first], [first, imported]],
      [[], [imported]],
    ] as const) {
      const text = withHead([...before, "", exported].join("\n"), imported, []);
      expect(text.split("\n").filter((line) => line.startsWith("import"))).toEqual(after);
      expect(text.endsWith(`\n${exported}`)).toBe(true);
    }
  });

  it("gets constants behind its own, or else behind its imports, and keeps comments where they are", () => {
    const own = "const one = 1; // the first\n\n// What it is.\n";
    const added = ["const two = 2;", "const three = {\n  a: 1,\n};"];
    expect(withHead(`${imported}\n\n${own}${exported}`, imported, added)).toBe(
      `${imported}\n${imported}\n\nconst one = 1; // the first\n${added.join("\n")}\n\n// What it is.\n${exported}`,
    );
    const pack = 'import { defineService } from "lambdakit";';
    expect(withHead(`${pack}\n\n${exported}`, imported, added)).toBe(
      `${pack}\n${imported}\n\n${added.join("\n")}\n\n${exported}`,
    );
  });
});
