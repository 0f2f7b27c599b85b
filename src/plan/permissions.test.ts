import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { productPlan } from "../../test/product-plan.ts";
import { evaluatePolicies } from "../evaluate/index.ts";
import {
  type FunctionPlan,
  onlyPermission,
  permissionsOf,
  policyDocument,
  type Statement,
  withoutPermission,
} from "./index.ts";

const actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"];
const resources = ["arn:aws:dynamodb:eu-west-1:1:table/a", "arn:aws:dynamodb:eu-west-1:1:table/b"];
const patterns = ["ORDER#*", "ORDER#1", "STOCK#*"];
const keys = ["ORDER#1", "ORDER#2", "STOCK#1", "OTHER#1"];

/** As a manifest makes them: each says where it is from. */
const someStatements: fc.Arbitrary<Statement[]> = fc
  .array(
    fc.record({
      actions: fc.subarray(actions, { minLength: 1 }),
      resources: fc.subarray(resources, { minLength: 1 }),
      limits: fc.option(fc.subarray(patterns, { minLength: 1 })),
    }),
    { maxLength: 4 },
  )
  .map((all) =>
    all.map(({ limits, ...one }, position) => ({
      ...one,
      conditions: limits
        ? { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": limits } }
        : ({} as Statement["conditions"]),
      from: `functions.f.tables.t[${position}]`,
    })),
  );
const someRequest = fc.record({
  action: fc.constantFrom(...actions),
  resource: fc.constantFrom(...resources),
  context: fc
    .subarray(keys, { minLength: 1 })
    .map((leading) => ({ "dynamodb:LeadingKeys": leading })),
});
type Request = typeof someRequest extends fc.Arbitrary<infer One> ? One : never;

const allows = (statements: readonly Statement[], request: Request) =>
  statements.length > 0 &&
  evaluatePolicies([policyDocument(statements)], request).effect === "allowed";
const permissionsIn = (statements: readonly Statement[]) =>
  permissionsOf({ key: "f", role: { name: "r", statements } } as unknown as FunctionPlan);

describe("the permissions of a function", () => {
  it("are an action, on a table or index, on items of one kind, each of its own name", () => {
    const create = productPlan("dev").functions.find(({ key }) => key === "create");
    const permissions = permissionsOf(create as FunctionPlan);
    expect(new Set(permissions.map(({ id }) => id)).size).toBe(permissions.length);
    expect(permissions).toContainEqual({
      id: "functions.create.tables.products[0] dynamodb:PutItem arn:aws:dynamodb:eu-west-1:536580886816:table/products-dev IDEMPOTENCY#*",
      function: "create",
      action: "dynamodb:PutItem",
      resource: "arn:aws:dynamodb:eu-west-1:536580886816:table/products-dev",
      partitionKeys: "IDEMPOTENCY#*",
      from: "functions.create.tables.products[0]",
    });
  });

  it("are all that it may do: without any of them, it may nothing", () => {
    fc.assert(
      fc.property(someStatements, someRequest, (statements, request) => {
        const left = permissionsIn(statements).reduce<readonly Statement[]>(
          withoutPermission,
          statements,
        );
        expect(left).toEqual([]);
        expect(allows(left, request)).toBe(false);
      }),
    );
  });

  it("allow alone no more than together, and a request for one item exactly where one of them does", () => {
    fc.assert(
      fc.property(someStatements, someRequest, (statements, request) => {
        const alone = permissionsIn(statements).some((one) =>
          allows(onlyPermission(statements, one), request),
        );
        if (alone) expect(allows(statements, request)).toBe(true);
        const isOne = request.context["dynamodb:LeadingKeys"].length === 1;
        if (isOne) expect(alone).toBe(allows(statements, request));
      }),
    );
  });
});

describe("statements without a permission", () => {
  it("allow nothing new, and still all that does not touch it", () => {
    fc.assert(
      fc.property(someStatements, someRequest, (statements, request) => {
        for (const permission of permissionsIn(statements)) {
          const may = allows(withoutPermission(statements, permission), request);
          if (may) expect(allows(statements, request)).toBe(true);
          const isElsewhere =
            permission.action !== request.action || permission.resource !== request.resource;
          if (isElsewhere) expect(may).toBe(allows(statements, request));
        }
      }),
    );
  });

  it("keep the batch of two kinds that one statement allows, where a third is taken away", () => {
    const statements: Statement[] = [
      {
        actions,
        resources,
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["A", "B", "C"] } },
        from: "f",
      },
    ];
    const [action = "", resource = ""] = [actions[0], resources[0]];
    const third = permissionsIn(statements).find(
      (one) => one.partitionKeys === "C" && one.action === action && one.resource === resource,
    );
    if (third === undefined) throw new Error("there is none");
    const rest = withoutPermission(statements, third);
    const request = (leading: string[]) => ({
      action,
      resource,
      context: { "dynamodb:LeadingKeys": leading },
    });
    expect(allows(rest, request(["A", "B"]))).toBe(true);
    expect(allows(rest, request(["A", "C"]))).toBe(false);
    expect(allows(statements, request(["A", "C"]))).toBe(true);
  });
});
