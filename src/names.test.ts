import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  functionName,
  kebabCase,
  originalTableName,
  restoredTableName,
  restoredTableNames,
  tableName,
  tableVariable,
} from "./names.ts";

/** What the manifest accepts as the key of a function or a table. */
const key = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,20}$/);
/** What it accepts as a service's name or prefix. */
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}$/);
const environment = fc.constantFrom("dev", "sit", "prod");

describe("kebabCase", () => {
  it("puts a dash where a word begins", () => {
    expect(kebabCase("createOrder")).toBe("create-order");
    expect(kebabCase("list")).toBe("list");
    expect(kebabCase("order2Line")).toBe("order2-line");
    expect(kebabCase("orderID")).toBe("order-id");
  });

  it("gives lower-case words with single dashes between them", () => {
    fc.assert(
      fc.property(key, (text) => {
        expect(kebabCase(text)).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      }),
    );
  });

  it("loses no letter and no digit", () => {
    fc.assert(
      fc.property(key, (text) => {
        expect(kebabCase(text).replaceAll("-", "")).toBe(text.toLowerCase());
      }),
    );
  });

  it("leaves alone what is kebab-case already", () => {
    fc.assert(
      fc.property(fc.oneof(key.map(kebabCase), name), (text) => {
        expect(kebabCase(text)).toBe(text);
      }),
    );
  });
});

describe("functionName", () => {
  it("puts prefix, service, function and environment together", () => {
    expect(functionName("bbws", "product", "list", "dev")).toBe("bbws-product-list-dev");
    expect(functionName("bbws", "product", "createOrder", "prod")).toBe(
      "bbws-product-create-order-prod",
    );
  });

  it("is another in every environment, and of the characters that Lambda accepts", () => {
    fc.assert(
      fc.property(name, name, key, (prefix, service, text) => {
        const names = ["dev", "sit", "prod"].map((one) => functionName(prefix, service, text, one));
        expect(new Set(names).size).toBe(3);
        for (const one of names) expect(one).toMatch(/^[a-z0-9-]+$/);
      }),
    );
  });
});

describe("tableName", () => {
  it("is put together like a function's where the manifest gives none", () => {
    expect(tableName("bbws", "product", "orderLines", "dev")).toBe("bbws-product-order-lines-dev");
    fc.assert(
      fc.property(name, name, key, environment, (prefix, service, text, where) => {
        expect(tableName(prefix, service, text, where)).toBe(
          functionName(prefix, service, text, where),
        );
      }),
    );
  });

  it("fills the environment in wherever the manifest's own name asks for it", () => {
    expect(tableName("bbws", "product", "products", "sit", "products-{environment}")).toBe(
      "products-sit",
    );
    expect(tableName("a", "b", "c", "dev", "{environment}.x.{environment}")).toBe("dev.x.dev");
  });

  it("is another in every environment, for any name that asks for the environment", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\w.-]*$/),
        fc.stringMatching(/^[\w.-]*$/),
        (before, after) => {
          const template = `${before}{environment}${after}`;
          const names = ["dev", "sit", "prod"].map((one) => tableName("", "", "", one, template));
          expect(names).toEqual(["dev", "sit", "prod"].map((one) => `${before}${one}${after}`));
        },
      ),
    );
  });
});

describe("tableVariable", () => {
  it("names the environment variable after the table", () => {
    expect(tableVariable("orders")).toBe("DYNAMODB_TABLE_ORDERS");
    expect(tableVariable("orderLines")).toBe("DYNAMODB_TABLE_ORDER_LINES");
  });

  it("is a name that Lambda accepts, and tells tables apart whose names in AWS differ", () => {
    fc.assert(
      fc.property(key, key, (one, other) => {
        expect(tableVariable(one)).toMatch(/^DYNAMODB_TABLE_[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
        const sameVariable = tableVariable(one) === tableVariable(other);
        expect(sameVariable).toBe(kebabCase(one) === kebabCase(other));
      }),
    );
  });
});

describe("the name of a restored table", () => {
  const called = fc.stringMatching(/^[\w.-]{3,200}$/);
  const moment = fc
    .date({ min: new Date("2020-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString());

  it("says what it stands for, and when", () => {
    const name = restoredTableName("products-prod", "2026-11-27T09:15:00.123Z");
    expect(name).toBe("products-prod-restored-20261127-091500");
    const again = restoredTableName(name, "2026-12-01T23:59:59Z");
    expect(again).toBe("products-prod-restored-20261201-235959");
    expect(originalTableName(again)).toBe("products-prod");
  });

  it("leads back to the manifest's name however often it was restored, and a name that only looks so stays", () => {
    fc.assert(
      fc.property(called, fc.array(moment, { minLength: 1, maxLength: 3 }), (name, times) => {
        const restored = times.reduce(restoredTableName, name);
        expect(originalTableName(restored)).toBe(originalTableName(name));
        expect(restored).not.toBe(originalTableName(name));
      }),
    );
    for (const other of [
      "stock-restored",
      "stock-restored-2026-09",
      "stock-restored-20261127-0915",
    ])
      expect(originalTableName(other)).toBe(other);
  });

  it("is of the form that roles may use, which no other table's name has", () => {
    fc.assert(
      fc.property(called, called, moment, (name, other, at) => {
        const matches = new RegExp(
          `^${restoredTableNames(name).replaceAll(".", "\\.").replaceAll("?", ".")}$`,
        );
        expect(restoredTableName(name, at)).toMatch(matches);
        fc.pre(originalTableName(name) !== originalTableName(other));
        expect(restoredTableName(other, at)).not.toMatch(matches);
      }),
    );
  });
});
