import { print, table } from "./print.ts";
import { type Ratio, ratioText } from "./rounds.ts";

/** What was aimed at. A ratio is undefined where one of its two sides could not be measured here. */
export interface Goal {
  readonly what: string;
  readonly atMost: number;
  readonly ratio: Ratio | undefined;
}

/** Prints what was aimed at and what was reached; a machine that is too noisy is no judge of it. */
export function printGoals(goals: readonly Goal[], quiet: boolean): void {
  print("\nGoals, by the median of the rounds:\n");
  table(
    ["", "goal", "measured", ""],
    goals.map(({ what, atMost, ratio }) => [
      what,
      `<= ${atMost}`,
      ratioText(ratio, atMost < 0.2 ? 3 : 2),
      verdict(atMost, ratio, quiet),
    ]),
  );
}

function verdict(atMost: number, ratio: Ratio | undefined, quiet: boolean): string {
  if (ratio === undefined) return "";
  if (!quiet) return "too noisy";
  return ratio.median <= atMost ? "reached" : "missed";
}
