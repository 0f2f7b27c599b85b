import { print, table } from "./print.ts";
import { type Ratio, ratioText } from "./rounds.ts";
import type { Judge } from "./samples.ts";

/** What was aimed at. A ratio is undefined where one of its two sides could not be measured here. */
export interface Goal {
  readonly what: string;
  readonly atMost: number;
  readonly ratio: Ratio | undefined;
}

/** Prints what was aimed at and what was reached; a machine that is too noisy is no judge of it. */
export function printGoals(goals: readonly Goal[], judge: Judge): void {
  const by = { median: "the median of the rounds", ofLowest: "the lowest values" };
  print(`\nGoals${judge === undefined ? "" : `, by ${by[judge]}`}:\n`);
  table(
    ["", "goal", "median of the rounds", "lowest ÷ lowest", ""],
    goals.map(({ what, atMost, ratio }) => {
      const digits = atMost < 0.2 ? 3 : 2;
      return [
        what,
        `<= ${atMost}`,
        ratioText(ratio, digits),
        ratio?.ofLowest.toFixed(digits) ?? "",
        verdict(atMost, ratio, judge),
      ];
    }),
  );
}

function verdict(atMost: number, ratio: Ratio | undefined, judge: Judge): string {
  if (ratio === undefined) return "";
  if (judge === undefined) return "too noisy";
  return ratio[judge] <= atMost ? "reached" : "missed";
}
