import { durationText, type RehearsalReport, type StageReport } from "../../rehearsal/index.ts";
import { fold, foldBehind } from "../layout/fold.ts";
import type { Screen } from "../layout/screen.ts";
import { createStyle, type Style } from "../style.ts";

/** What has happened, and when: a line for each stage, as wide as the terminal. */
export function timelineText(report: RehearsalReport, screen: Screen): string {
  const { service, stages, passed, milliseconds } = report;
  const style = createStyle(screen.color);
  const good = stages.filter(({ outcome }) => outcome === "passed").length;
  const took = durationText(milliseconds);
  const counted = passed ? `all ${good}` : `${good} of ${stages.length}`;
  const end = fold(`${service}: ${counted} stages passed in ${took}`, screen.columns);
  return [
    ...stages.map((stage) => stageLine(stage, milliseconds, screen, style)),
    ...stages.flatMap((stage) => faultLines(stage, screen, style)),
    "",
    ...end.map(passed ? style.green : style.red),
  ].join("\n");
}

/** Widths of what stands before the bar. */
const [names, times] = [13, 13];

function stageLine(
  { id, outcome, atMilliseconds, milliseconds }: StageReport,
  all: number,
  { columns, unicode }: Screen,
  style: Style,
): string {
  const mark = { passed: style.green, failed: style.red, interrupted: style.yellow };
  if (outcome === "not-reached") return style.dim(`${id.padEnd(names)}not reached`);
  const room = Math.max(0, Math.min(columns, 100) - names - times - 2);
  const start = Math.min(room - 1, Math.floor((atMilliseconds / Math.max(1, all)) * room));
  const length = Math.max(1, Math.round((milliseconds / Math.max(1, all)) * room));
  const bar = (unicode ? "█" : "#").repeat(Math.min(length, Math.max(0, room - start)));
  const took = durationText(milliseconds).padStart(times - 1);
  return `${id.padEnd(names)}${took}  ${" ".repeat(Math.max(0, start))}${mark[outcome](bar)}`;
}

/** Which stage it was, why, and what to do. */
function faultLines({ id, fault }: StageReport, { columns }: Screen, style: Style): string[] {
  if (fault === null) return [];
  return [
    "",
    `${style.red("failed")} ${id}: ${fault.line}`,
    ...fault.reason.split("\n").flatMap((line) => foldBehind("  ", line, columns)),
    ...foldBehind("  fix: ", fault.fix, columns),
  ];
}
