import fc from "fast-check";
import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { environmentNames, type Manifest, validateManifest } from "../manifest/index.ts";
import { planService, withTableNames } from "./index.ts";

const twoTables = manifestOf({
  ...product,
  tables: {
    ...product.tables,
    orderLines: { partitionKey: "id", indexes: { ByOrder: { partitionKey: "order" } } },
  },
  functions: {
    ...product.functions,
    list: {
      ...product.functions.list,
      tables: {
        ...product.functions.list.tables,
        orderLines: [{ allow: ["Query"], index: "ByOrder" }, { allow: ["GetItem"] }],
      },
    },
  },
});

describe("a plan with other names of tables", () => {
  const name = fc.stringMatching(/^[\w.-]{3,60}$/);
  const names = fc.record({ products: name, orderLines: name }, { requiredKeys: [] });
  const environment = fc.constantFrom(...environmentNames);

  it("is what a manifest gives that calls them so", () => {
    fc.assert(
      fc.property(names, environment, (given, where) => {
        const found = withTableNames(planService(twoTables, where), given);
        expect(found).toEqual(planService(calling(twoTables, given), where));
      }),
    );
  });

  it("can be given other ones again: the last ones count", () => {
    fc.assert(
      fc.property(names, names, environment, (first, second, where) => {
        const plan = planService(twoTables, where);
        // Two tables that have the same name, for the time being, are told apart by nothing.
        fc.pre(new Set(Object.values(first)).size === Object.keys(first).length);
        fc.pre(
          !Object.entries(first).some(([key, one]) =>
            plan.tables.some((table) => table.key !== key && table.name === one),
          ),
        );
        const last = withTableNames(withTableNames(plan, first), second);
        expect(last).toEqual(withTableNames(plan, { ...first, ...second }));
      }),
    );
  });

  it("stays the same to the last byte without any, or with those of tables that it does not have", () => {
    const plan = planService(twoTables, "prod");
    expect(withTableNames(plan, {})).toBe(plan);
    expect(withTableNames(plan, { gone: "gone-prod-restored-20261127-091500" })).toBe(plan);
    expect(withTableNames(plan, { toString: "x" })).toBe(plan);
  });

  it("has the restored table in variables, permissions, indexes and alarms, and the old one nowhere", () => {
    const restored = "products-prod-restored-20261127-091500";
    const plan = withTableNames(planService(twoTables, "prod"), { products: restored });
    const { tables, alarms } = plan;
    const given = plan.functions.map(({ role, environmentVariables }) => [
      role,
      environmentVariables.DYNAMODB_TABLE,
    ]);
    const all = JSON.stringify([tables, alarms, given]);
    expect(all).not.toMatch(/products-prod(?!-restored-20261127-091500)/);
    expect(plan.functions[0]?.environmentVariables).toMatchObject({ DYNAMODB_TABLE: restored });
    expect(plan.alarms.map((one) => one.name)).toEqual(
      planService(twoTables, "prod").alarms.map((one) => one.name),
    );
  });
});

function calling(manifest: Manifest, names: { readonly [Key in string]?: string }): Manifest {
  const tables = Object.entries(manifest.tables).map(([key, table]) => [
    key,
    { ...table, name: names[key] ?? table.name },
  ]);
  return { ...manifest, tables: Object.fromEntries(tables) };
}

function manifestOf(service: unknown): Manifest {
  const validation = validateManifest(service);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return validation.manifest;
}
