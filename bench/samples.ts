import { print } from "./print.ts";
import { type Ratio, ratioOf, ratioText } from "./rounds.ts";

interface Named {
  readonly name: string;
}

/** What was measured, by the names of those who were; one value a round. */
export class Samples<Sample> {
  readonly #byName: ReadonlyMap<string, readonly Sample[]>;

  constructor(samples: ReadonlyMap<Named, readonly Sample[]>) {
    this.#byName = new Map([...samples].map(([{ name }, all]) => [name, all]));
  }

  get names(): string[] {
    return [...this.#byName.keys()];
  }

  values(name: string, of: (sample: Sample) => number): number[] {
    return (this.#byName.get(name) ?? []).map(of);
  }

  /** Undefined where one of the two was not measured. */
  ratio(above: string, below: string, of: (sample: Sample) => number): Ratio | undefined {
    if (!this.#byName.has(above) || !this.#byName.has(below)) return undefined;
    return ratioOf(this.values(above, of), this.values(below, of));
  }

  /**
   * The A/A control: the same twice has to come to 1. Where the medians of the rounds do not, the lowest
   * values may, since noise only ever adds. Where neither do, this machine cannot say anything now; that
   * is printed, and the benchmark fails.
   */
  judge(of: (sample: Sample) => number): Judge {
    print("\nA/A control, the same twice, which has to be within 0.95 and 1.05:\n");
    const ratios = this.names.flatMap((name) => {
      const ratio = this.ratio(again(name), name, of);
      if (ratio === undefined) return [];
      print(`- ${name}: ${ratioText(ratio, 3)}, of the lowest ${ratio.ofLowest.toFixed(3)}`);
      return [ratio];
    });
    const agree = (by: "median" | "ofLowest") =>
      ratios.every(({ [by]: ratio }) => ratio >= 0.95 && ratio <= 1.05);
    const judge = agree("median") ? "median" : agree("ofLowest") ? "ofLowest" : undefined;
    if (judge === undefined) {
      print("\n**Too noisy**: the ratios here are worth nothing. Run it on a quiet machine.");
      process.exitCode = 1;
    }
    return judge;
  }
}

/** Which of a ratio's numbers holds on this machine, now; undefined where none does. */
export type Judge = "median" | "ofLowest" | undefined;

/** Everybody, and those with one of these names a second time. */
export function withControls<Contestant extends Named>(
  contestants: readonly Contestant[],
  names: readonly string[],
): Contestant[] {
  const controls = contestants.filter(({ name }) => names.includes(name));
  return [...contestants, ...controls.map((one) => ({ ...one, name: again(one.name) }))];
}

function again(name: string): string {
  return `${name}, again`;
}
