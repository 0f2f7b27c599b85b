import {
  type Finding,
  type Judged,
  placeText,
  type Severity,
  severities,
} from "../../audit/index.ts";
import type { Terminal } from "../../system/index.ts";
import { foldBehind } from "../layout/fold.ts";
import { createStyle, type Style } from "../style.ts";

export const nextText =
  "Next: lambdakit audit --fix prints the safe edits; lambdakit audit --fix | git apply makes them";

/** Findings, the most urgent first, then what was not looked at, then how many there are. */
export function auditText(judged: Judged, { columns, color }: Terminal): string {
  const style = createStyle(color);
  const { findings, accepted, expired, unchecked } = judged;
  const expiry = new Map(expired.map(({ finding, accepted: entry }) => [finding, entry.expires]));
  return [
    ...findings.flatMap((one) => [...findingLines(one, expiry.get(one), columns, style), ""]),
    ...(unchecked.length === 0
      ? []
      : [
          style.bold("Not checked"),
          ...unchecked.flatMap(({ what, why, rules }) =>
            foldBehind("  ", `${what}: ${why} (${rulesText(rules)})`, columns, 2),
          ),
          "",
        ]),
    ...foldBehind("", summaryText(judged), columns),
    ...(accepted.length === 0
      ? []
      : foldBehind("", `${accepted.length} more accepted by the baseline.`, columns)),
  ].join("\n");
}

function findingLines(
  { id, severity, place, means, evidence, why, fix, source }: Finding,
  expires: string | undefined,
  columns: number,
  style: Style,
): string[] {
  const [head = "", ...rest] = foldBehind(`${severity.padEnd(8)}  `, placeText(place), columns);
  const details = [
    `${id}: ${means}`,
    evidence,
    ...(expires === undefined ? [] : [`accepted until ${expires}, which is over`]),
    why,
    `fix: ${fix}`,
    source,
  ];
  return [
    head.replace(severity, paint(severity, style)),
    ...rest,
    ...details.flatMap((text) => foldBehind(indent(columns), text, columns)),
  ];
}

/** Below the place; where there is little room, at its left. */
function indent(columns: number): string {
  return columns < 40 ? "  " : "          ";
}

function paint(severity: Severity, style: Style): string {
  if (severity === "critical" || severity === "high") return style.red(severity);
  return severity === "medium" ? style.yellow(severity) : style.dim(severity);
}

function rulesText(rules: readonly string[]): string {
  return rules.length === 1 ? `${rules[0]}` : `${rules.length} rules`;
}

function summaryText({ findings, checked, unchecked }: Judged): string {
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const total = `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
  const skipped = new Set(unchecked.flatMap(({ rules }) => rules)).size;
  const rules = `${checked.length} ${checked.length === 1 ? "rule" : "rules"} checked`;
  return [
    counts.length === 0 ? "No findings." : `${total}: ${counts.join(", ")}.`,
    `${rules}${skipped === 0 ? "" : `, ${skipped} not, or not wholly`}.`,
  ].join(" ");
}
