/** What the Product service costs, by hand and by rules that hold for any figures. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedPlan, productPlan } from "../../../test/product-plan.ts";
import {
  assumedFigures,
  type Estimate,
  estimate,
  pricesOf,
  Rational,
  resizeDurations,
  resizePlan,
  withRoutes,
} from "../index.ts";

const tariff = { region: "eu-west-1", prices: pricesOf("eu-west-1"), freeTier: false };
const plan = productPlan("dev");
const count = (value: number) => Rational.of(value);
const of = (requests: number) =>
  estimate(plan, assumedFigures(plan, { requests: count(requests) }), tariff);
const route = ({ routes }: Estimate, name: string) => {
  const found = routes.find((one) => one.route === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const shown = (parts: Readonly<Record<string, Rational>>) =>
  Object.fromEntries(Object.entries(parts).map(([part, usd]) => [part, usd.toFixed(4)]));

describe("an estimate of the Product service in eu-west-1", () => {
  const five = of(5_000_000);

  // A fifth of 5 million. Lambda: 1,000,000 * $0.0000002 = 0.2; 1,000,000 * 0.05 s * 0.25 GB = 12,500 * $0.0000133334 = 0.1667
  // API Gateway: 1,000,000 * $0.0000035 = 3.5; (1,024 + 512) * 1,000,000 / 1,024^3 = 1.4305 GB * $0.09 = 0.1287
  // DynamoDB: a GetItem of 1 KB = 1 unit, 1,000,000 * $0.0000001415 = 0.1415
  // Logs: 2,048 * 1,000,000 / 1,024^3 = 1.9073 GB and 640: 0.5960 GB, together 2.5034 * $0.57 = 1.4269; kept for 7 of 30 days: * 7/30 * $0.03 = 0.0175
  // Traces: 2,592,000 + 5 % of 2,408,000 = 2,712,400 of all, a fifth of them * $0.000005 = 2.7124
  it("of one that reads an item is what it is by hand", () => {
    const { parts, usd } = route(five, "GET /v1.0/products/{productId}");
    expect(shown(parts)).toEqual({
      lambda: "0.3667",
      api: "3.6287",
      dynamodb: "0.1415",
      logs: "1.4445",
      traces: "2.7124",
    });
    expect(usd.toFixed(4)).toBe("8.2938");
  });

  // A page of 20 items of 1 KB is 20 KB, 5 units, half of that from an index: 2.5 * 1,000,000 * $0.0000001415 = 0.35375
  it("of one that reads a page has half the units, as an index does", () => {
    expect(route(five, "GET /v1.0/products").parts.dynamodb.toFixed(5)).toBe("0.35375");
  });

  // PutItem with two patterns, each into the table and its index = 4 units * $0.000000705 = 2.82
  it("of one that writes has every write in the index, too", () => {
    expect(route(five, "POST /v1.0/products").parts.dynamodb.toFixed(4)).toBe("2.8200");
  });

  // As much again of Lambda as the function: the authorizer has as much memory and time. Its lines of 1,536 bytes:
  // 1.4305 GB * $0.57 = 0.8154, and * 7/30 * $0.03 = 0.0100, beside the 1.4445 of a route that is open.
  it("of one that asks for scopes has the authorizer, once for each request", () => {
    const { parts } = route(five, "PUT /v1.0/products/{productId}");
    expect([shown(parts).lambda, shown(parts).logs]).toEqual(["0.7333", "2.2699"]);
  });

  it("of one that answers without a body sends headers only", () => {
    const data = route(five, "DELETE /v1.0/products/{productId}").parts.api;
    // 3.5 and 512 * 1,000,000 / 1,024^3 * $0.09
    expect(data.toFixed(4)).toBe("3.5429");
  });

  // Metrics of alarms * $0.10, one alarm over others $0.50; 5 + 4 * 5 of the code, of which the authorizer has none, * $0.30; 100,000 items of 1,124 bytes = 0.10468 GB, twice * $0.283, once * $0.22
  it("has what is there without requests", () => {
    const fixed = Object.fromEntries(five.fixed.map(({ meter, usd }) => [meter, usd.toFixed(4)]));
    const metrics = plan.alarms.flatMap((alarm) => alarm.metrics).length;
    expect(fixed).toMatchObject({
      "alarm-metrics": count(metrics).dividedBy(count(10)).toFixed(4),
      "composite-alarms": "0.5000",
      "custom-metrics": "7.5000",
      dashboards: "3.0000",
      keys: "1.0000",
      "table-storage": "0.0592",
      "table-recovery": "0.0230",
    });
  });

  // Two secrets * $0.40; three readers * 2,592,000 s / 300 s = 25,920 reads * $0.000005
  it("has secrets of Secrets Manager and their reads, and those of Parameter Store for nothing", () => {
    const secret = { key: "a", description: "", name: "", arn: "", variable: "A", from: "" };
    const secrets = [
      { ...secret, store: "secrets-manager", readers: ["get", "list"] },
      { ...secret, store: "secrets-manager", readers: ["get"] },
      { ...secret, store: "ssm", readers: ["get"] },
    ] as const;
    const costs = (one: typeof plan) =>
      estimate(one, assumedFigures(one), tariff)
        .fixed.filter(({ meter }) => meter.startsWith("secret"))
        .map(({ meter, usd }) => [meter, usd.toFixed(4)]);
    expect(costs({ ...plan, secrets })).toEqual([
      ["secrets", "0.8000"],
      ["secret-reads", "0.1296"],
    ]);
    expect(costs(plan)).toEqual([]);
  });

  it("counts a pattern of keys with a star, and no item whose key is written out", () => {
    const allow = (partitionKeys: string[]) => ({
      one: {
        entry: "src/handlers/list-products.ts",
        description: "one",
        routes: ["GET /one"],
        auth: "none",
        tables: { products: [{ allow: ["GetItem", "PutItem"], partitionKeys }] },
      },
    });
    const units = (partitionKeys: string[]) =>
      assumedFigures(changedPlan(allow(partitionKeys)))
        .routes.get("GET /one")
        ?.tables.get("products");
    const numbers = (keys: string[]) => {
      const { reads, writes } = units(keys) ?? {};
      return [reads?.toNumber(), writes?.toNumber()];
    };
    expect(numbers(["A#*"])).toEqual([1, 2]);
    expect(numbers(["A#*", "B#*", "SETTINGS"])).toEqual([2, 4]);
    expect(numbers(["SETTINGS"])).toEqual([0, 0]);
  });

  it("above INFO has Lambda's lines, and one with its metrics", () => {
    const prod = productPlan("prod");
    const bytes = (one: typeof plan) =>
      assumedFigures(one).routes.get("GET /v1.0/products")?.functionLogBytes.toNumber();
    expect([bytes(plan), bytes(prod)]).toEqual([2048, 1536]);
  });

  it("refuses a service without routes", () => {
    const bare = { ...plan, api: { ...plan.api, routes: [] } };
    expect(() => estimate(bare, assumedFigures(bare), tariff)).toThrow(
      expect.objectContaining({ code: "COST_NO_ROUTES" }),
    );
  });
});

describe("any estimate", () => {
  const requests = fc.integer({ min: 0, max: 2_000_000_000 });

  it("without requests is what is there without them", () => {
    const none = of(0);
    expect(none.routesUsd.isZero).toBe(true);
    expect(none.usd.compare(none.fixedUsd)).toBe(0);
  });

  it("is never less for more requests", () => {
    fc.assert(
      fc.property(requests, requests, (one, other) => {
        const [few, many] = one < other ? [one, other] : [other, one];
        expect(of(many).usd.compare(of(few).usd)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("is exactly the sum of its routes and its parts, in any order", () => {
    fc.assert(
      fc.property(requests, (some) => {
        const { routes, fixed, usd } = of(some);
        const terms = [
          ...routes.flatMap(({ parts }) => Object.values(parts)),
          ...fixed.map((one) => one.usd),
        ];
        expect(Rational.sum(terms).compare(usd)).toBe(0);
        expect(Rational.sum(terms.reverse()).compare(usd)).toBe(0);
      }),
    );
  });

  it("has the same requests in it however they are spread over alike routes", () => {
    const share = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(requests, share, (some, percent) => {
        // PUT and DELETE take the same of everything but the answer's bytes.
        const spread = (part: Rational) => {
          const figures = assumedFigures(plan, { requests: count(some) });
          const shares = new Map([
            ["PUT /v1.0/products/{productId}", part],
            ["DELETE /v1.0/products/{productId}", Rational.one.minus(part)],
          ]);
          const { routes } = estimate(
            plan,
            withRoutes(plan, figures, (one, _key, name) => ({
              ...one,
              share: shares.get(name) ?? Rational.zero,
              responseBytes: Rational.zero,
            })),
            tariff,
          );
          return Rational.sum(routes.map(({ usd }) => usd));
        };
        const uneven = spread(count(percent).dividedBy(count(100)));
        expect(uneven.compare(spread(Rational.one))).toBe(0);
      }),
    );
  });
});

describe("another size of a function", () => {
  const figures = assumedFigures(plan);
  const lambda = (memoryMb: number, isBound: boolean) => {
    const other = resizePlan(plan, new Map([["get", memoryMb]]));
    const taken = isBound ? resizeDurations(plan, other, figures) : figures;
    return route(estimate(other, taken, tariff), "GET /v1.0/products/{productId}").parts.lambda;
  };

  it("costs the same where all is computed, up to a whole processor", () => {
    expect(lambda(512, true).compare(lambda(256, true))).toBe(0);
    expect(lambda(1769, true).compare(lambda(256, true))).toBe(0);
    expect(lambda(3538, true).compare(lambda(256, true))).toBeGreaterThan(0);
  });

  it("costs as much more as it is larger where all is waited for", () => {
    const compute = (memoryMb: number) => lambda(memoryMb, false).minus(Rational.of("0.04"));
    expect(compute(512).compare(compute(256).times(count(2)))).toBe(0);
  });
});
