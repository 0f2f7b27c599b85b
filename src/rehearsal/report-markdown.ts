import type { ActReport, RehearsalReport, StageReport } from "./report.ts";
import { durationText, oneLine, outcomeText, sentence } from "./words.ts";

/** A report for people, with the picture of its timeline beside it. */
export function reportMarkdown(report: RehearsalReport): string {
  const { service, at, versions, passed, milliseconds, stages, leftOut } = report;
  const ran = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `# Rehearsal of ${service}`,
    "",
    `${passed ? "Passed" : "Not passed"}, in ${durationText(milliseconds)}. Begun ${at}, with ${ran.join(", ")}.`,
    "AWS was an emulator: what is measured here is this machine, and no time of AWS's.",
    "",
    "![Timeline](timeline.svg)",
    "",
    "| Stage | | Time | What it shows |",
    "|---|---|---|---|",
    ...stages.map(
      ({ id, outcome, milliseconds: took, shows }) =>
        `| ${id} | ${outcomeText(outcome)} | ${outcome === "not-reached" ? "" : durationText(took)} | ${cell(shows)} |`,
    ),
    ...stages.filter(({ acts }) => acts.length > 0).flatMap(stageLines),
    ...(leftOut.length === 0 ? [] : ["", "## Not shown", ""]),
    ...leftOut.map(({ what, why }) => `- ${what}: ${why}.`),
    "",
  ].join("\n");
}

function stageLines({ id, shows, acts, fault }: StageReport): string[] {
  return [
    "",
    `## ${id}`,
    "",
    sentence(shows),
    "",
    "| What | Time | Seen |",
    "|---|---|---|",
    ...acts.map(
      (act) => `| ${lineOf(act)} | ${durationText(act.milliseconds)} | ${cell(act.says ?? "")} |`,
    ),
    ...(fault === null
      ? []
      : ["", `Failed: ${oneLine(fault.reason)}`, "", `What to do: \`${oneLine(fault.fix)}\``]),
  ];
}

function lineOf({ line, log }: ActReport): string {
  return log === null ? cell(line) : `[\`${cell(line)}\`](${log})`;
}

/** A text in a line of a table. */
function cell(text: string): string {
  return oneLine(text).replaceAll("|", "\\|");
}
