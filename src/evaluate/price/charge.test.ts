/** Bills that were worked out by hand, two of them by AWS, and what happens where a tier ends. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charge } from "./charge.ts";
import { type Meter, meterNames } from "./meter.ts";
import { pricesOf, priceTable } from "./price-table.ts";
import { Rational } from "./rational.ts";

const usd = (
  meter: Meter,
  amount: number | string | Rational,
  { region = "us-east-1", freeTier = false } = {},
) => {
  const exact = amount instanceof Rational ? amount : Rational.of(amount);
  return charge(meter, exact, { region, prices: pricesOf(region), freeTier });
};
const cents = (amount: Rational) => amount.toFixed(2);

describe("bills that were worked out by hand", () => {
  // AWS's example of a mobile backend, https://aws.amazon.com/lambda/pricing/ (2026-11-27): 3 million requests of 120 ms with 1,536 MB of x86.
  // 3,000,000 * 0.12 s * 1.5 GB = 540,000 GB-s; less 400,000 free = 140,000 * $0.0000166667 = $2.33
  // 3,000,000 less 1,000,000 free = 2,000,000 * $0.20 / 1,000,000 = $0.40; together $2.73
  it("of Lambda come to $2.73 with the free tier", () => {
    const compute = usd("lambda-x86_64", 3_000_000 * 0.12 * 1.5, { freeTier: true });
    const requests = usd("lambda-requests", 3_000_000, { freeTier: true });
    expect([compute, requests, compute.plus(requests)].map(cents)).toEqual([
      "2.33",
      "0.40",
      "2.73",
    ]);
  });

  // AWS's example, https://aws.amazon.com/api-gateway/pricing/ (2026-11-27): 5 million calls, answers of 3 KB.
  // 5 * $3.50 = $17.50; 3 KB * 5,000,000 = 14.3 GB * $0.09 = $1.29; together $18.79
  it("of API Gateway come to $18.79", () => {
    const calls = usd("api-requests", 5_000_000);
    const data = usd("data-out", Rational.of(15_000_000).dividedBy(Rational.of(1024 * 1024)));
    expect([calls, data, calls.plus(data)].map(cents)).toEqual(["17.50", "1.29", "18.79"]);
  });

  // By the prices of the same page: 15 billion calls.
  // 333 * $3.50 + 667 * $2.80 + 14,000 * $2.38 = $1,165.50 + $1,867.60 + $33,320.00 = $36,353.10
  it("of API Gateway with three tiers come to $36,353.10", () => {
    expect(cents(usd("api-requests", 15_000_000_000))).toBe("36353.10");
  });

  // By the prices of https://aws.amazon.com/dynamodb/pricing/on-demand/ (2026-11-27), since November 2024:
  // 3.55 million writes * $0.625 = $2.22; as many reads * $0.125 = $0.44
  it("of DynamoDB on demand come to $2.22 and $0.44", () => {
    expect(cents(usd("table-writes", 3_550_000))).toBe("2.22");
    expect(cents(usd("table-reads", 3_550_000))).toBe("0.44");
  });

  // The first 25 GB are free: 30 GB * $0.25 = $7.50, or 5 * $0.25 = $1.25
  it("of DynamoDB's storage come to $7.50, and to $1.25 with the free tier", () => {
    expect(cents(usd("table-storage", 30))).toBe("7.50");
    expect(cents(usd("table-storage", 30, { freeTier: true }))).toBe("1.25");
  });

  // By the prices of https://aws.amazon.com/cloudwatch/pricing/ (2026-11-27), logs of Lambda, 60 TB:
  // 10,240 * $0.50 + 20,480 * $0.25 + 20,480 * $0.10 + 10,240 * $0.05 = 5,120 + 5,120 + 2,048 + 512 = $12,800
  it("of Lambda's logs come to $12,800 for 60 TB", () => {
    expect(cents(usd("function-logs", 60 * 1024))).toBe("12800.00");
  });

  // Ireland: 333 * $3.50 + 667 * $3.19 + 1 * $2.71 = 1,165.50 + 2,127.73 + 2.71 = $3,295.94
  it("are others in Ireland", () => {
    expect(cents(usd("api-requests", 1_001_000_000, { region: "eu-west-1" }))).toBe("3295.94");
  });
});

describe("tiers", () => {
  it("begin with the first unit above the last one", () => {
    const step = (from: number) =>
      usd("api-requests", from + 1)
        .minus(usd("api-requests", from))
        .times(Rational.of(1_000_000));
    expect([332_999_999, 333_000_000, 999_999_999, 1_000_000_000].map(step).map(cents)).toEqual([
      "3.50",
      "2.80",
      "2.80",
      "2.38",
    ]);
  });

  it("say where they end, instead of going on with the last price that is known", () => {
    const tooMuch = () => usd("data-out", 10_241, { region: "eu-west-1" });
    expect(cents(usd("data-out", 10_240, { region: "eu-west-1" }))).toBe("921.60");
    expect(tooMuch).toThrow(
      "The price table knows eu-west-1's price of GB to the internet up to 10240 a month; this is 10241.",
    );
  });

  it("never make more cost less", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...meterNames),
        fc.constantFrom(true, false),
        fc.bigInt({ min: 0n, max: 9_700n }),
        fc.bigInt({ min: 0n, max: 240n }),
        (meter, freeTier, amount, more) => {
          const less = usd(meter, Rational.of(amount), { freeTier });
          expect(
            usd(meter, Rational.of(amount + more), { freeTier }).compare(less),
          ).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

describe("the price table", () => {
  it.each(Object.keys(priceTable.regions))("has every price of %s", (region) => {
    const prices = pricesOf(region);
    expect(Object.keys(prices).sort()).toEqual([...meterNames].sort());
    for (const [meter, tiers] of Object.entries(prices)) {
      const ends = tiers.map(({ upTo }) => (upTo === null ? Number.POSITIVE_INFINITY : +upTo));
      expect(ends, meter).toEqual([...new Set(ends)].sort((one, other) => one - other));
      expect(tiers.length, meter).toBeGreaterThan(0);
      for (const { usd: price } of tiers) expect(Number(price), meter).toBeGreaterThan(0);
    }
  });

  it.each([
    ["af-south-1", "eu-west-1"],
    ["us-west-2", "us-east-1"],
  ])("has none of %s, and says so with a region that it has", (region, other) => {
    expect(() => pricesOf(region)).toThrow(
      expect.objectContaining({
        code: "COST_NO_PRICES",
        fix: `add --price-region ${other} to see what it would cost there`,
      }),
    );
  });
});
