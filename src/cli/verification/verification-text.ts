import type { Check, Verification } from "../../verify/index.ts";
import { foldBehind, textWidth } from "../layout/fold.ts";
import type { Style } from "../style.ts";

/** A line for each route, and below it what has not passed, with what came instead. */
export function verificationText({ url, checks }: Verification, style: Style): string {
  const failed = checks.filter((one) => !one.passed).length;
  const counted = failed === 0 ? `All ${checks.length}` : `${failed} of ${checks.length}`;
  const end = `${counted} checks ${failed === 0 ? "passed" : "failed"} at ${url}`;
  return [
    ...[...byRoute(checks)].flatMap(([route, some]) => routeLines(route, some, style)),
    "",
    failed === 0 ? end : style.red(end),
  ].join("\n");
}

/** In the order in which routes come first. What is no route's own is named by itself. */
function byRoute(checks: readonly Check[]): Map<string, Check[]> {
  const groups = new Map<string, Check[]>();
  for (const check of checks) {
    const name = check.route ?? check.what;
    groups.set(name, [...(groups.get(name) ?? []), check]);
  }
  return groups;
}

function routeLines(name: string, checks: readonly Check[], style: Style): string[] {
  const failed = checks.filter((one) => !one.passed);
  const slowest = Math.max(...checks.map(({ milliseconds }) => milliseconds));
  const count =
    failed.length > 0
      ? `${failed.length} of ${checks.length}`
      : `${checks.length} ${checks.length === 1 ? "check" : "checks"}`;
  const mark = failed.length > 0 ? style.red("failed  ") : style.green("ok      ");
  return [
    `${mark}${count.padEnd(10)}${`${slowest} ms`.padStart(9)}  ${name}`,
    ...failed.flatMap((check) => [
      // Where a line is about nothing else, its name has said what it is.
      ...(check.route === null ? [] : foldBehind("    ", check.what, textWidth)),
      ...(check.detail === null ? [] : foldBehind("      ", check.detail, textWidth)),
    ]),
  ];
}
