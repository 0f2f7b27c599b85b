import { LambdakitError } from "../../errors/index.ts";
import type { RegionPrices } from "./price-tier.ts";
import { euWest1 } from "./regions/eu-west-1.ts";
import { usEast1 } from "./regions/us-east-1.ts";

/** AWS's list prices on a day. Whoever changes one sets the day anew. */
export const priceTable = {
  version: "2026-11-27",
  regions: { "eu-west-1": euWest1, "us-east-1": usEast1 } as Readonly<Record<string, RegionPrices>>,
} as const;

/** @throws {LambdakitError} COST_NO_PRICES: a region's prices are never those of another one unasked */
export function pricesOf(region: string): RegionPrices {
  const prices = Object.hasOwn(priceTable.regions, region) ? priceTable.regions[region] : undefined;
  if (prices !== undefined) return prices;
  const known = Object.keys(priceTable.regions);
  throw new LambdakitError("COST_NO_PRICES", {
    message: `The price table of ${priceTable.version} has no prices of ${region}; it has ${known.join(" and ")}.`,
    fix: `add --price-region ${nearestRegion(region, known)} to see what it would cost there`,
    at: region,
  });
}

/** One on the same continent, by its name. */
function nearestRegion(region: string, known: readonly string[]): string {
  const continent = region.split("-")[0] ?? "";
  return known.find((one) => one.startsWith(`${continent}-`)) ?? known[0] ?? "";
}
