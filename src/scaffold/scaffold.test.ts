import { parse } from "@babel/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isProblem, pluralOf, readField, readIdForm, singularOf, wordsOf } from "./index.ts";
import { laidOut } from "./lay-out.ts";
import { renamed } from "./rename.ts";
import { withSortedImports } from "./sort-imports.ts";
import { openManifest } from "./source/manifest-source.ts";

const kebab = fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,8}){0,2}$/);

describe("a field as it is typed", () => {
  it.each([
    ["title", { name: "title", type: "text", required: true }],
    [
      "note?:text:0..80",
      { name: "note", type: "text", required: false, limits: { min: 0, max: 80 } },
    ],
    ["price:decimal=9.50", { name: "price", type: "decimal", required: true, example: "9.50" }],
    [
      "size:integer:1..9=3",
      { name: "size", type: "integer", required: true, limits: { min: 1, max: 9 }, example: 3 },
    ],
    [
      "state:choice:open|closed",
      { name: "state", type: "choice", required: true, choices: ["open", "closed"] },
    ],
    ["tags?:texts=a|b", { name: "tags", type: "texts", required: false, example: ["a", "b"] }],
    [
      "at:time=2026-01-31T12:00:00Z",
      { name: "at", type: "time", required: true, example: "2026-01-31T12:00:00Z" },
    ],
  ])("%s is read", (text, field) => {
    expect(readField(text)).toEqual(field);
  });

  it.each([
    "",
    "Title",
    "a:money",
    "a:text:9..1",
    "a:decimal:1..2",
    "a:choice",
    "a:choice:x|x",
    "a:integer=x",
    "a:texts:1..3",
    "a:boolean=no",
  ])("%j is refused with what to write instead", (text) => {
    expect(readField(text)).toEqual({
      at: "--field",
      message: expect.stringContaining(`"${text}"`),
      fix: expect.any(String),
    });
  });

  it("is a field or a problem, whatever is typed", () => {
    fc.assert(fc.property(fc.string(), (text) => void isProblem(readField(text))));
  });
});

describe("the form of ids", () => {
  it("is read with what is usual", () => {
    expect(readIdForm("ORD")).toEqual({ prefix: "ORD", length: 6, alphabet: "0-9A-Z" });
    expect(readIdForm("A1:10:0-9a-f")).toEqual({ prefix: "A1", length: 10, alphabet: "0-9a-f" });
  });

  it.each(["", "ord", "ORD:x", "ORD:6:a-z", "ORD:5:0-9", "ORD:33", "ORD:6:0-9:x"])(
    "refuses %j",
    (text) => {
      expect(isProblem(readIdForm(text))).toBe(true);
    },
  );
});

describe("names", () => {
  it("come back from their plural", () => {
    for (const one of ["order", "box", "category", "day", "address", "order-line", "branch"]) {
      expect(singularOf(pluralOf(one))).toBe(one);
    }
  });

  it("are written as their place wants them", () => {
    const source = [
      'import { productKey } from "./product-keys.ts";',
      "/** Lists a product, or products. */",
      'export const listProducts = (products: Product[]) => "/v1.0/products/" + products[0]?.productId;',
      'const key = "PRODUCT#"; const scope = "products:write"; const says = "A product is missing";',
    ].join("\n");
    expect(renamed(source, wordsOf("order-line"), wordsOf("order-lines"))).toBe(
      [
        'import { orderLineKey } from "./order-line-keys.ts";',
        "/** Lists an order line, or order lines. */",
        'export const listOrderLines = (orderLines: OrderLine[]) => "/v1.0/order-lines/" + orderLines[0]?.orderLineId;',
        'const key = "ORDER_LINE#"; const scope = "order-lines:write"; const says = "An order line is missing";',
      ].join("\n"),
    );
  });

  it("are all that changes: what has none of them stays, and the old one is gone", () => {
    fc.assert(
      fc.property(kebab, kebab, (singular, plural) => {
        const source = 'export const product = () => "a product, products"; // Product\n';
        const text = renamed(source, wordsOf(singular), wordsOf(plural));
        expect(/product/i.test(text)).toBe(/product/i.test(singular + plural));
      }),
    );
  });
});

describe("source that is laid out", () => {
  it("means the same, and is laid out", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,24}$/), { minLength: 1, maxLength: 9 }),
        (names) => {
          // No word of the language begins so: `void` and `var` are no names.
          const safe = names.map((name) => `q${name}`);
          const source = `const result = call(${safe.join(", ")}, { ${safe[0]}: [${safe.join(", ")}] });\n`;
          const text = laidOut(source);
          const words = (code: string) => code.replace(/,(?=\s*[)\]}])|\s/g, "");
          expect(words(text)).toBe(words(source));
          expect(laidOut(text)).toBe(text);
          parse(text, { sourceType: "module" });
        },
      ),
    );
  });

  it("has its imports and their names in order", () => {
    const source =
      'import { zoo, Zebra, type apple, zSet, zs } from "./zebra.ts";\nimport { b } from "./a-b.ts";\nimport { a } from "./a.ts";\n';
    expect(withSortedImports(source)).toBe(
      'import { a } from "./a.ts";\nimport { b } from "./a-b.ts";\nimport { type apple, Zebra, zoo, zSet, zs } from "./zebra.ts";\n',
    );
  });
});

describe("a manifest that is edited", () => {
  const source = `// Ours.\nexport default defineService({\n  name: "shop", // the name\n  functions: {\n    // One.\n    list: { entry: "a.ts" },\n  },\n\n  tags: {},\n});\n`;

  it("keeps everything but the value that is set", () => {
    const manifest = openManifest(source);
    manifest.set(["functions", "list", "entry"], '"b.ts"');
    manifest.remove(["tags"]);
    expect(manifest.text()).toBe(source.replace('"a.ts"', '"b.ts"').replace("\n  tags: {},\n", ""));
  });

  it("says what it cannot find", () => {
    expect(() => openManifest(source).set(["api"], "{}")).toThrow("there is no api");
    expect(() => openManifest("export default 1;")).toThrow("it exports no object");
  });
});
