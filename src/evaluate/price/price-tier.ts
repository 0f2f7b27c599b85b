import type { Meter } from "./meter.ts";

/** What a unit costs up to an amount a month. */
export interface PriceTier {
  /** Null where it goes on for ever. Where the last one ends, no price is known. */
  readonly upTo: string | null;
  /** US dollars without tax. A text, because it is exact. */
  readonly usd: string;
}

export type RegionPrices = Readonly<Record<Meter, readonly PriceTier[]>>;

/** One price, whatever the amount. */
export function flat(usd: string): readonly PriceTier[] {
  return [{ upTo: null, usd }];
}
