import { describe, expect, it } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import type { MetricQuery, MetricWindow } from "../../aws/index.ts";
import { assumedFigures, measuredFigures, Rational } from "../../evaluate/index.ts";
import { measureUse } from "../index.ts";

const plan = productPlan("dev");
const now = new Date("2026-11-27T12:00:00Z");

/** Figures that say one thing of each metric: its points, by its name. */
function source(points: Readonly<Record<string, readonly number[]>>) {
  const asked: { queries: readonly MetricQuery[]; window: MetricWindow }[] = [];
  return {
    asked,
    async read(queries: readonly MetricQuery[], window: MetricWindow) {
      asked.push({ queries, window });
      return new Map(
        queries.map(({ id, name }) => [
          id,
          (points[name] ?? []).map((value) => ({ at: 0, value })),
        ]),
      );
    },
  };
}

describe("what a service has used", () => {
  it("is asked for once, with every function, table, index and log group", async () => {
    const { asked, read } = source({});
    await measureUse(plan, { read }, 30, now);
    expect(asked).toHaveLength(1);
    const [{ queries, window } = { queries: [], window: undefined }] = asked;
    expect(window).toEqual({
      from: new Date("2026-10-28T12:00:00Z"),
      to: now,
      periodSeconds: 3_600,
    });
    expect(new Set(queries.map(({ statistic }) => statistic))).toEqual(new Set(["Sum"]));
    expect(new Set(queries.map(({ id }) => id)).size).toBe(queries.length);
    const named = queries.map(({ name, dimensions }) =>
      [name, ...Object.values(dimensions)].join(" "),
    );
    expect(named).toEqual(
      expect.arrayContaining([
        "Count bbws-product-api-dev v1",
        "IncomingBytes /aws/lambda/bbws-product-get-dev",
        "Duration bbws-product-update-dev",
        "ConsumedWriteCapacityUnits products-dev",
        "ConsumedWriteCapacityUnits products-dev ActiveProductsIndex",
      ]),
    );
  });

  it("is the sum of its points, and nothing where there are none", async () => {
    const { read } = source({ Invocations: [1, 2.5], ConsumedReadCapacityUnits: [0.5] });
    const use = await measureUse(plan, { read }, 7, now);
    const list = use.functions.get("list");
    expect([list?.invocations.toNumber(), list?.durationMs.toNumber()]).toEqual([3.5, 0]);
    // Of the table, and of its index.
    expect(use.tables.get("products")?.reads.toNumber()).toBe(1);
    expect(use.apiRequests.isZero).toBe(true);
  });

  it("leaves everything as it is assumed where nobody has called", async () => {
    const assumed = assumedFigures(plan);
    const use = await measureUse(plan, source({}), 30, now);
    expect(measuredFigures(plan, assumed, use)).toBe(assumed);
  });

  it("is the authorizer's beside the routes', as often as each request that it guards asked it", async () => {
    const authorizer = { invocations: Rational.of(30), durationMs: Rational.of(60) };
    const logBytes = Rational.of(3_000);
    const ran = (count: number) => ({
      invocations: Rational.of(count),
      durationMs: Rational.of(count),
      logBytes: Rational.zero,
    });
    const use = await measureUse(plan, source({ Count: [100] }), 30, now);
    const figures = (functions: ReadonlyMap<string, ReturnType<typeof ran>>) =>
      measuredFigures(plan, assumedFigures(plan), { ...use, functions });
    const seen = figures(
      new Map([
        ["list", ran(40)],
        ["create", ran(60)],
        ["authorizer", { ...authorizer, logBytes }],
      ]),
    );
    const shares = [...seen.routes.values()].map(({ share }) => share);
    expect(Rational.sum(shares).compare(Rational.one)).toBe(0);
    const numbers = ({ authorizer: one }: typeof seen) =>
      [one.invocations, one.durationMs, one.logBytes].map((value) => value.toNumber());
    expect(numbers(seen)).toEqual([0.5, 2, 100]);
    // Nobody came through: of requests that it guards nothing is known.
    const refused = figures(
      new Map([
        ["list", ran(40)],
        ["authorizer", { ...authorizer, logBytes }],
      ]),
    );
    expect(numbers(refused)).toEqual(numbers(assumedFigures(plan)));
  });

  it("comes to the units that tables have given, whatever is assumed of routes", async () => {
    const { read } = source({
      Invocations: [100],
      ConsumedReadCapacityUnits: [40],
      ConsumedWriteCapacityUnits: [700],
      Count: [500],
      IncomingBytes: [50_000],
    });
    const use = await measureUse(plan, { read }, 30, now);
    const figures = measuredFigures(plan, assumedFigures(plan), use);
    const total = (kind: "reads" | "writes") =>
      Rational.sum(
        [...figures.routes.values()].map(({ share, tables }) =>
          share.times(tables.get("products")?.[kind] ?? Rational.zero),
        ),
      ).times(Rational.of(500));
    expect([total("reads").toNumber(), total("writes").toNumber()]).toEqual([80, 1_400]);
    expect(figures.requests.toNumber()).toBe(500);
    expect(figures.accessLogBytes.toNumber()).toBe(100);
    const list = figures.routes.get("GET /v1.0/products");
    expect([list?.share.toNumber(), list?.functionLogBytes.toNumber()]).toEqual([0.2, 500]);
  });
});
