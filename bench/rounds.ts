/** Comparing on a machine that does other things too: everybody in every round, and ratios inside a round. */
import { median, print } from "./print.ts";

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
}

export function ratioOf(above: readonly number[], below: readonly number[]): Ratio {
  const all = above.map((value, round) => value / (below[round] ?? Number.NaN));
  return { median: median(all), lowest: Math.min(...all), highest: Math.max(...all) };
}

export function ratioText({ median, lowest, highest }: Ratio, digits = 2): string {
  return `${median.toFixed(digits)} (${lowest.toFixed(digits)}–${highest.toFixed(digits)})`;
}

/**
 * The A/A control: the same command twice has to come to 1. Where it does not, this machine cannot say
 * anything now; that is printed, and the benchmark fails.
 */
export function quietEnough(controls: Readonly<Record<string, Ratio>>): boolean {
  print("\nA/A control, the same twice, which has to be within 0.95 and 1.05:\n");
  for (const [name, ratio] of Object.entries(controls)) print(`- ${name}: ${ratioText(ratio, 3)}`);
  const quiet = Object.values(controls).every(({ median: m }) => m >= 0.95 && m <= 1.05);
  if (!quiet) {
    print("\n**Too noisy**: the ratios here are worth nothing. Run it on a quiet machine.");
    process.exitCode = 1;
  }
  return quiet;
}
