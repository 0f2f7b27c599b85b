import { describe, expect, it } from "vitest";
import { builtRelease } from "../../test/release-world.ts";
import type { ServicePlan } from "../plan/index.ts";
import { differences } from "./differences.ts";
import { missingOn } from "./way.ts";

const { release, documents } = builtRelease("one");
const plan = documents.plans.dev;
const view = { release, plan };

/** The same with something else in the plan: in its first function, its table, its API. */
function changed(change: (plan: Parts) => void) {
  const copy = structuredClone(plan) as Writable<ServicePlan>;
  const [list, table] = [copy.functions[0], copy.tables[0]];
  if (list === undefined || table === undefined) throw new Error("the plan is empty");
  change({ list, table, api: copy.api });
  return { release, plan: copy as ServicePlan };
}
interface Parts {
  readonly list: Writable<ServicePlan["functions"][number]>;
  readonly table: Writable<ServicePlan["tables"][number]>;
  readonly api: Writable<ServicePlan["api"]>;
}
type Writable<Value> = { -readonly [Key in keyof Value]: Writable<Value[Key]> };

describe("what two releases have otherwise", () => {
  it("is nothing where they are the same", () => {
    expect(differences(view, view)).toEqual([]);
  });

  it("is the code of each function", () => {
    const other = { ...view, release: builtRelease("two").release };
    expect(differences(view, other).map(({ aspect, what }) => [aspect, what])).toEqual(
      ["authorizer", "create", "delete", "get", "list", "update"].map((key) => ["code", key]),
    );
  });

  it.each<[string, (plan: Parts) => void, object]>([
    [
      "memory",
      ({ list }) => {
        list.memoryMb = 512;
      },
      { aspect: "configuration", what: "list memoryMb", before: "256", after: "512" },
    ],
    [
      "a variable",
      ({ list }) => {
        list.environmentVariables.NEW = "1";
      },
      { aspect: "configuration", what: "list NEW", before: null, after: "1" },
    ],
    [
      "an index that is gone",
      ({ table }) => {
        table.indexes = [];
      },
      {
        aspect: "infrastructure",
        what: "index ActiveProductsIndex of products-dev",
        before: "active (S), createdAt (S)",
        after: null,
      },
    ],
    [
      "a key",
      ({ table }) => {
        table.partitionKey.name = "ID";
      },
      {
        aspect: "infrastructure",
        what: "table products-dev",
        before: "PK (S), SK (S)",
        after: "ID (S), SK (S)",
      },
    ],
    [
      "a route",
      ({ api }) => {
        api.routes.pop();
      },
      { aspect: "infrastructure", what: "route DELETE /v1.0/products/{productId}", after: null },
    ],
    [
      "how many may run at once, which belongs to no version",
      ({ list }) => {
        list.reservedConcurrency = 5;
      },
      { aspect: "infrastructure", what: "list reservedConcurrency", before: "none", after: "5" },
    ],
  ])("is %s", (_, change, expected) => {
    expect(differences(view, changed(change))).toMatchObject([expected]);
  });

  it("is each permission, with the table and the conditions", () => {
    const other = changed(({ list }) => {
      list.role.statements.at(-1)?.actions.push("dynamodb:Scan");
    });
    const [found, ...more] = differences(view, other);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ aspect: "permissions", before: null, after: "yes" });
    expect(found?.what).toMatch(/^list may dynamodb:Scan on arn:aws:dynamodb:.*products-dev/);
  });
});

describe("what a release that is gone back to will not find", () => {
  it("is what it had of tables, indexes, routes and permissions, and nobody has any more", () => {
    const now = changed(({ list, table, api }) => {
      table.indexes = [];
      api.routes.pop();
      list.role.statements.pop();
    });
    const staying = differences(now, view);
    const missing = missingOn({ release: release.id, versions: {}, staying });
    expect(missing.map(({ what }) => what.split(" ")[0])).toEqual(["list", "index", "route"]);
    expect(
      missingOn({ release: release.id, versions: {}, staying: differences(view, now) }),
    ).toEqual([]);
  });
});
