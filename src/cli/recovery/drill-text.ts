import {
  type DrillRecord,
  type DrillReport,
  type Figure,
  isPassed,
  type Scenario,
} from "../../drill/index.ts";
import { fold, foldBehind } from "../layout/fold.ts";
import { type Column, tableLines } from "../layout/table.ts";
import type { Style } from "../style.ts";

/** What a drill has shown: figures against their targets, and what of them was not AWS. */
export function drillText(report: DrillReport, columns: number, style: Style): string {
  const { scenario, number, environment, heartbeats, manualSteps, why } = report;
  const passed = isPassed(report);
  return [
    ...fold(
      `Drill ${number} of ${environment}, ${scenario}: ${passed ? "passed" : "not passed"}`,
      columns,
    ).map((line) => (passed ? style.green(line) : style.red(line))),
    ...(why === null ? [] : foldBehind("  not recovered: ", why, columns)),
    ...foldBehind("  RPO  ", figureText(report.rpo), columns),
    ...foldBehind("  RTO  ", figureText(report.rto), columns),
    ...foldBehind(
      "  ",
      `${heartbeats.recovered} of ${heartbeats.acknowledged} heartbeats came back; ${manualSteps} manual steps`,
      columns,
    ),
    ...notes(report).flatMap((note) => foldBehind("  ", note, columns)),
  ].join("\n");
}

function figureText({ seconds, targetSeconds, met, kind }: Figure): string {
  const found = seconds === null ? "never" : `${seconds.toFixed(1)} s`;
  return `${found} of ${targetSeconds} s, ${met ? "met" : "missed"}, ${kind}`;
}

/** What stood in for AWS is said once. */
function notes({ rpo }: DrillReport): string[] {
  return rpo.kind === "simulated" ? [`simulated: ${rpo.how.replace(/^.*?; /, "")}`] : [];
}

/** What can be lost, where nobody has said what is to be. */
export function scenariosText(all: readonly Scenario[], columns: number): string {
  return all
    .flatMap(({ name, harm }) => [...fold(name, columns), ...foldBehind("  ", `${harm}.`, columns)])
    .join("\n");
}

/** What will be lost, before anybody has agreed to it. */
export function harmText(
  names: readonly { readonly name: string; readonly harm: string }[],
  environment: string,
  table: string,
): string {
  return [
    `In ${environment}, on purpose, one after the other (table ${table}):`,
    ...names.map(({ name, harm }) => `  ${name}: ${harm}`),
  ].join("\n");
}

/** Earlier drills, the newest first. */
export function drillListText(
  records: readonly DrillRecord[],
  columns: number,
  style: Style,
): string {
  if (records.length === 0) return "There was no drill yet.";
  return tableLines(records, listColumns(style), columns, style).join("\n");
}

function listColumns(style: Style): Column<DrillRecord>[] {
  const seconds = (figure: Figure | undefined) =>
    figure === undefined
      ? ""
      : figure.seconds === null
        ? "never"
        : `${figure.seconds.toFixed(1)} s`;
  return [
    { title: "Drill", text: ({ number }) => String(number), align: "right", isName: true },
    { title: "Scenario", text: ({ started }) => started.scenario, isName: true },
    { title: "Begun", text: ({ started }) => started.at.replace(/\.\d+/, ""), spare: 1 },
    {
      title: "Ended",
      text: outcomeOf,
      paint: (text) => (text === "passed" ? style.green(text) : style.red(text)),
    },
    { title: "RPO", text: ({ report }) => seconds(report?.rpo), align: "right" },
    { title: "RTO", text: ({ report }) => seconds(report?.rto), align: "right" },
    { title: "Kind", text: ({ report }) => report?.rto.kind ?? "", spare: 2 },
  ];
}

function outcomeOf({ report, isCalledOff, failed }: DrillRecord): string {
  if (report !== null) return isPassed(report) ? "passed" : "not passed";
  if (isCalledOff) return "called off";
  return failed === null ? "begun" : "not recovered";
}
