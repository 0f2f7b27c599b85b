import { LambdakitError } from "../../errors/index.ts";
import { factsOf, type Meter } from "./meter.ts";
import type { RegionPrices } from "./price-tier.ts";
import { Rational } from "./rational.ts";

/** Whose prices hold, and whether what AWS gives away each month is taken off first. */
export interface Tariff {
  readonly region: string;
  readonly prices: RegionPrices;
  readonly freeTier: boolean;
}

/**
 * What an amount of a month costs, in US dollars: each tier's part at the tier's price, as AWS adds it up.
 *
 * @throws {LambdakitError} COST_NO_PRICES beyond the last tier that is known
 */
export function charge(meter: Meter, amount: Rational, tariff: Tariff): Rational {
  const { what, free = "0" } = factsOf(meter);
  const given = tariff.freeTier ? Rational.of(free) : Rational.zero;
  const billed = amount.minus(given).atLeast(Rational.zero);
  let sum = Rational.zero;
  let from = Rational.zero;
  for (const { upTo, usd } of tariff.prices[meter]) {
    const end = upTo === null ? billed : billed.atMost(Rational.of(upTo));
    if (end.compare(from) > 0) sum = sum.plus(end.minus(from).times(Rational.of(usd)));
    if (upTo === null) return sum;
    from = Rational.of(upTo);
  }
  if (billed.compare(from) > 0) {
    throw new LambdakitError("COST_NO_PRICES", {
      message: `The price table knows ${tariff.region}'s price of ${what} up to ${from.toFixed(0)} a month; this is ${billed.toFixed(0)}.`,
      fix: "ask for less, or take AWS's calculator at https://calculator.aws: such amounts have prices of their own",
      at: meter,
    });
  }
  return sum;
}
