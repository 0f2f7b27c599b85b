import { type Difference, missingOn, type Way } from "../../release/index.ts";
import { hanging } from "../wrap.ts";

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
      : ["  Cannot be undone so: that release had, and will not find,", ...missing.map(lineOf)]),
    ...(others.length === 0 ? [] : ["  Stays as it is then:", ...others.map(lineOf)]),
  ];
}

function lineOf({ what, before, after }: Difference): string {
  if (after === "yes" || before === "yes") return hanging("    ", what);
  return hanging("    ", `${what}: ${before ?? "nothing"}, not ${after ?? "nothing"}`);
}
