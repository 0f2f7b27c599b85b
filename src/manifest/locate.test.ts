import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { locate } from "./locate.ts";

type Path = readonly (string | number)[];

/** The text that starts where a path is located: `path` from the source, up to the end of its line. */
function textAt(source: string, path: Path): string {
  const { line, column } = locate(source, path);
  return (source.split("\n")[line - 1] ?? "").slice(column - 1);
}

describe("locate", () => {
  it("gives the line and the column of a key, both counted from 1", () => {
    const source = `import { defineService } from "lambdakit";

export default defineService({
  name: "shop",
  functions: { list: { entry: "src/list.ts" } },
});
`;
    expect(locate(source, ["name"])).toEqual({ line: 4, column: 3 });
    expect(locate(source, ["functions", "list"])).toEqual({ line: 5, column: 16 });
    expect(locate(source, ["functions", "list", "entry"])).toEqual({ line: 5, column: 24 });
  });

  it("gives the element of an array, by its position", () => {
    const source = `export default defineService({
  functions: {
    list: {
      routes: [
        "GET /orders",
        "GET /orders/{orderId}",
      ],
      tables: { orders: [{ allow: ["Query"] }, { allow: ["Scan"] }] },
    },
  },
});
`;
    expect(locate(source, ["functions", "list", "routes", 1])).toEqual({ line: 6, column: 9 });
    expect(textAt(source, ["functions", "list", "tables", "orders", 1, "allow", 0])).toBe(
      '"Scan"] }] },',
    );
  });

  it("finds quoted and numeric keys", () => {
    const source = `export default defineService({
  tags: {
    "Cost-Center": "1",
    'Owner': "me",
    7: "seven",
  },
});
`;
    expect(locate(source, ["tags", "Cost-Center"]).line).toBe(3);
    expect(locate(source, ["tags", "Owner"]).line).toBe(4);
    expect(locate(source, ["tags", "7"]).line).toBe(5);
  });

  it("follows constants of the same file", () => {
    const source = `const entry = "src/list.ts";
const list = {
  entry,
  memoryMb: 64,
};
const functions = { list };

export default defineService({ functions });
`;
    expect(locate(source, ["functions", "list", "memoryMb"])).toEqual({ line: 4, column: 3 });
    expect(locate(source, ["functions", "list", "entry"]).line).toBe(3);
  });

  it("follows constants that are exported as well", () => {
    const source = `export const tags = {
  Owner: 5,
};
export default defineService({ tags });
`;
    expect(locate(source, ["tags", "Owner"]).line).toBe(2);
  });

  it("follows a manifest that is a constant itself", () => {
    const called = `const service = defineService({
  name: "shop",
});
export default service;
`;
    const plain = `const service = {
  name: "shop",
} satisfies ServiceDefinition;
export default defineService(service);
`;
    expect(locate(called, ["name"]).line).toBe(2);
    expect(locate(plain, ["name"]).line).toBe(2);
  });

  it("looks through `as const`, `satisfies` and parentheses", () => {
    const source = `const limits = {
  list: {
    memoryMb: 64,
  },
} as const satisfies Sizes;

export default defineService({
  sizes: (limits as Sizes),
  tags: ({
    Owner: "me",
  }),
} satisfies Definition);
`;
    expect(locate(source, ["sizes", "list", "memoryMb"]).line).toBe(3);
    expect(locate(source, ["tags", "Owner"]).line).toBe(10);
  });

  it("finds an export without defineService", () => {
    expect(locate("export default {\n  name: 5,\n};\n", ["name"])).toEqual({ line: 2, column: 3 });
  });

  it("falls back to the nearest thing around what it cannot find", () => {
    const source = `import { tags } from "./tags.ts";
const shared = { name: "shop" };
let changing = { list: {} };

export default defineService({
  ...shared,
  tags,
  ["api"]: {
    stage: "v1",
  },
  functions: changing,
  tables: makeTables({
    orders: {},
  }),
  sizes: { list() {} },
  environments: {
    dev: {},
  },
});
`;
    const whole = locate(source, []);
    expect(whole).toEqual({ line: 5, column: 30 });
    expect(locate(source, ["name"])).toEqual(whole);
    expect(locate(source, ["api", "stage"])).toEqual(whole);
    expect(locate(source, ["tags", "Owner"]).line).toBe(7);
    expect(locate(source, ["functions", "list"]).line).toBe(11);
    expect(locate(source, ["tables", "orders"]).line).toBe(12);
    expect(locate(source, ["sizes", "list"]).line).toBe(15);
    expect(locate(source, ["environments", "dev", "region", "x"]).line).toBe(17);
    expect(locate(source, ["environments", "prod"]).line).toBe(16);
  });

  it("falls back to an array where it has no such element", () => {
    const source = `export default defineService({
  routes: [
    ,
    "GET /",
  ],
});
`;
    expect(locate(source, ["routes", 0]).line).toBe(2);
    expect(locate(source, ["routes", 9]).line).toBe(2);
    expect(locate(source, ["routes", "first"]).line).toBe(2);
  });

  it("falls back to an array where a spread moves its elements", () => {
    const source = `export default defineService({
  routes: [
    ...common,
    "GET /",
  ],
});
`;
    expect(locate(source, ["routes", 1]).line).not.toBe(4);
  });

  it("gives the start of the file where nothing is exported", () => {
    expect(locate("", ["name"])).toEqual({ line: 1, column: 1 });
    expect(locate('const name = "shop";\n', ["name"])).toEqual({ line: 1, column: 1 });
    expect(locate("export default defineService();\n", ["name"])).toEqual({ line: 1, column: 1 });
  });

  it("ignores constants of functions, and names that are declared without a value", () => {
    const source = `declare const tags: Tags;
function make() {
  const functions = { list: {} };
  return functions;
}
export default defineService({
  functions,
  tags,
});
`;
    expect(locate(source, ["functions", "list"]).line).toBe(7);
    expect(locate(source, ["tags", "Owner"]).line).toBe(8);
  });

  it("finds the last of several names that one statement declares", () => {
    const source = `const { region } = env, list = {}, tags = {
  Owner: "me",
};
export default defineService({ tags });
`;
    expect(locate(source, ["tags", "Owner"]).line).toBe(2);
  });
});

describe("locate, on services/product/service.ts", () => {
  const source = readFileSync(
    new URL("../../services/product/service.ts", import.meta.url),
    "utf8",
  );
  const paths = pathsIn(product);

  it("finds every key and every element that the manifest has", () => {
    const misplaced = paths.filter((path) => {
      const text = textAt(source, path);
      const key = path.at(-1);
      return typeof key === "number"
        ? !/^["{]/.test(text)
        : !new RegExp(`^"?${key}"?: `).test(text);
    });
    expect(misplaced).toEqual([]);
    expect(paths.length).toBeGreaterThan(100);
  });

  it("gives a place inside the file for any path, and never throws", () => {
    const lines = source.split("\n");
    const key = fc.oneof(
      fc.constantFrom(...paths.flat(), "__proto__", "constructor"),
      fc.string(),
      fc.integer(),
    );
    const path = fc
      .tuple(fc.constantFrom<Path>([], ...paths), fc.array(key))
      .map(([known, more]) => [...known, ...more]);
    fc.assert(
      fc.property(path, (any) => {
        const { line, column } = locate(source, any);
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
      }),
    );
  });
});

/** The way to every value that a manifest states itself. A schema is imported, and states its own. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(Object(value));
  const below = typeof value === "object" && !("~standard" in Object(value)) ? entries : [];
  return below.flatMap(([key, child]) => [[...path, key], ...pathsIn(child, [...path, key])]);
}
