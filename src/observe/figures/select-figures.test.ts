import { describe, expect, it } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import { type Selection, selectFigures } from "./select-figures.ts";

const plan = productPlan("dev");
const select = (selection: Partial<Selection> = {}) =>
  selectFigures(plan, {
    functions: null,
    metric: null,
    byRoute: false,
    statistic: null,
    ...selection,
  });
const list = plan.functions.slice(0, 1);
const texts = (selection: Partial<Selection>) =>
  select(selection).map(({ subject, query }) =>
    [subject, query.namespace, query.name, query.statistic].join(" "),
  );

describe("the figures that are selected", () => {
  it("are, of a function, what callers notice, and how often it started", () => {
    expect(texts({ functions: list })).toEqual([
      "list AWS/Lambda Invocations Sum",
      "list AWS/Lambda Errors Sum",
      "list AWS/Lambda Throttles Sum",
      "list AWS/Lambda Duration p99",
      "list AWS/Lambda ConcurrentExecutions Maximum",
      "list bbws-product ColdStart Sum",
    ]);
    expect(select({ functions: list }).at(-1)?.query.dimensions).toEqual({
      function_name: "bbws-product-list-dev",
    });
  });

  it("are, of a service, those of all functions, of the API and of tables", () => {
    const all = texts({});
    expect(all).toHaveLength(5 * 6 + 5 + 4 + 2);
    expect(all).toContain("api AWS/ApiGateway Latency p99");
    expect(all).toContain("products-dev AWS/DynamoDB ConsumedReadCapacityUnits Sum");
    expect(new Set(select().map(({ query }) => query.id)).size).toBe(all.length);
  });

  it("are found by name in whatever case, with another statistic where one is said", () => {
    expect(texts({ functions: list, metric: "duration" })).toEqual([
      "list AWS/Lambda Duration p99",
    ]);
    expect(texts({ functions: list, metric: "Duration", statistic: "p50" })).toEqual([
      "list AWS/Lambda Duration p50",
    ]);
    expect(texts({ functions: list, metric: "coldstart" })).toEqual([
      "list bbws-product ColdStart Sum",
    ]);
  });

  it("are of each route of the functions that were named", () => {
    expect(texts({ functions: list, byRoute: true })).toEqual([
      "GET /v1.0/products bbws-product Latency p99",
      "GET /v1.0/products bbws-product ValidationFailures Sum",
      "GET /v1.0/products bbws-product IdempotentReplays Sum",
      "GET /v1.0/products bbws-product Conflicts Sum",
    ]);
    expect(texts({ functions: list, metric: "Conflicts" })).toHaveLength(1);
    expect(select({ functions: list, byRoute: true })[0]?.query.dimensions).toEqual({
      route: "GET /v1.0/products",
    });
  });

  it("mean the API's latency, where nobody says whose", () => {
    expect(texts({ metric: "Latency" })).toEqual(["api AWS/ApiGateway Latency p99"]);
    expect(texts({ metric: "Latency", byRoute: true })).toHaveLength(5);
  });

  it("may be any that AWS has, in a namespace that the service is counted in", () => {
    expect(texts({ functions: list, metric: "AWS/Lambda:IteratorAge" })).toEqual([
      "list AWS/Lambda IteratorAge Sum",
    ]);
    expect(texts({ functions: list, metric: "AWS/Lambda:Duration" })).toEqual([
      "list AWS/Lambda Duration p99",
    ]);
  });

  it.each([
    ["Invocation", "write --metric Invocations"],
    ["nonsense", "write --metric AWS/Lambda:NAME"],
    ["AWS/SQS:Sent", "write --metric AWS/Lambda:NAME"],
    ["AWS/Lambda:", "write --metric AWS/Lambda:NAME"],
  ])("are not %s, and what it could be is said", (metric, fix) => {
    expect(() => select({ metric })).toThrow(
      expect.objectContaining({ code: "CLI_BAD_VALUE", fix }),
    );
  });
});
