/** Comparing on a machine that does other things too: everybody in every round, and ratios inside a round. */
import { median } from "./print.ts";

/**
 * Takes a sample of each in turn, in the other direction every second round, so that whatever else the
 * machine does hits all of them. The first round warms up, and is not kept.
 */
export async function roundRobin<Contestant, Sample>(
  contestants: readonly Contestant[],
  rounds: number,
  sample: (contestant: Contestant) => Promise<Sample>,
): Promise<Map<Contestant, Sample[]>> {
  const samples = new Map(contestants.map((one): [Contestant, Sample[]] => [one, []]));
  for (let round = 0; round <= rounds; round++) {
    const order = round % 2 === 0 ? contestants : [...contestants].reverse();
    for (const contestant of order) {
      const taken = await sample(contestant);
      if (round > 0) samples.get(contestant)?.push(taken);
    }
  }
  return samples;
}

/** What one took divided by what another took in the same round. */
export interface Ratio {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  /** The lowest of one by the lowest of the other, whichever rounds they are from: what is left without noise. */
  readonly ofLowest: number;
}

export function ratioOf(above: readonly number[], below: readonly number[]): Ratio {
  const all = above.map((value, round) => value / (below[round] ?? Number.NaN));
  return {
    median: median(all),
    lowest: Math.min(...all),
    highest: Math.max(...all),
    ofLowest: Math.min(...above) / Math.min(...below),
  };
}

/** The median, and the lowest and highest round. */
export function ratioText(ratio: Ratio | undefined, digits = 2): string {
  if (ratio === undefined) return "not measured";
  const { median, lowest, highest } = ratio;
  return `${median.toFixed(digits)} (${lowest.toFixed(digits)}–${highest.toFixed(digits)})`;
}
