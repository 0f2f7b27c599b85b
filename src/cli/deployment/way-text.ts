import { type Difference, missingOn, type Way } from "../../release/index.ts";
import { foldBehind, textWidth } from "../layout/fold.ts";

/** How to go back from what is about to be done, and what would not come back. */
export function wayBackText(way: Way | undefined, environment: string): string {
  if (way === undefined) return "There is no release to go back to: none is live yet.";
  const moves = Object.entries(way.versions).map(([name, version]) => `    ${name} to ${version}`);
  return [
    `To go back: lambdakit rollback --env ${environment} --to ${way.release}`,
    ...moves,
    ...stayingText(way),
  ].join("\n");
}

/** What no alias moves. */
export function stayingText(way: Way): string[] {
  const missing = missingOn(way);
  const others = way.staying.filter((one) => !missing.includes(one));
  return [
    ...(missing.length === 0
      ? []
      : [
          "  Cannot be undone so: that release had, and will not find,",
          ...missing.flatMap(linesOf),
        ]),
    ...(others.length === 0 ? [] : ["  Stays as it is then:", ...others.flatMap(linesOf)]),
  ];
}

function linesOf({ what, before, after }: Difference): string[] {
  const values =
    after === "yes" || before === "yes"
      ? ""
      : `: ${before ?? "nothing"}, not ${after ?? "nothing"}`;
  return foldBehind("    ", `${what}${values}`, textWidth, 2);
}
