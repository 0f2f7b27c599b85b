import type { PlacedStep } from "../../runbook/index.ts";
import { fold, foldBehind } from "../layout/fold.ts";
import { type Column, tableLines } from "../layout/table.ts";
import type { Style } from "../style.ts";
import type { StepRecord, StepsRun } from "./run-steps.ts";
import { kindOf, plain } from "./runbook-text.ts";

/** Said before a step: which of how many, what for, and what is typed. */
export function beginText(
  { step }: PlacedStep,
  words: readonly string[] | null,
  place: string,
  { columns, style }: { readonly columns: number; readonly style: Style },
): string {
  return [
    "",
    ...foldBehind(`${place}  `, `${step.id}${kindOf(step)}: ${plain(step.what)}`, columns).map(
      style.bold,
    ),
    ...(words === null ? [] : [`  $ ${words.map(shown).join(" ")}`]),
    ...foldBehind("  check   ", plain(step.check), columns),
  ].join("\n");
}

/** The answer: what became of each step. */
export function runText(
  title: string,
  { outcome, steps }: StepsRun,
  columns: number,
  style: Style,
): string {
  const paint = outcome === "passed" ? style.green : style.red;
  const all: readonly Column<StepRecord>[] = [
    { title: "", text: ({ outcome: end }) => end },
    { title: "", text: ({ id }) => id, isName: true },
    { title: "", text: ({ exitCode }) => (exitCode ? `exit code ${exitCode}` : ""), spare: 2 },
    {
      title: "",
      text: ({ milliseconds }) => `${(milliseconds / 1000).toFixed(1)} s`,
      align: "right",
      spare: 1,
    },
  ];
  return [
    ...fold(`${title}: ${outcome}`, columns).map(paint),
    ...tableLines(steps, all, columns, style),
  ].join("\n");
}

/** What to do where it has stopped, and how to go on. */
export function stoppedText(
  { step, procedure }: PlacedStep,
  record: StepRecord,
  again: string,
  columns: number,
): string {
  const why = {
    passed: "",
    failed: `ended with exit code ${record.exitCode}`,
    declined: step.isByHand
      ? "nobody has said that it is done (--done)"
      : "nobody has agreed to it (--yes, in dev)",
    interrupted: "was interrupted",
  }[record.outcome];
  return [
    "",
    ...fold(`Stopped at ${step.id}: ${why}.`, columns),
    ...foldBehind("  if not    ", plain(step.otherwise), columns),
    ...foldBehind("  get help  ", plain(procedure.escalate), columns),
    `  go on:    ${again}`,
  ].join("\n");
}

/** Quoted where it has been told something with spaces. */
function shown(word: string): string {
  return /[\s"]|^$/.test(word) ? JSON.stringify(word) : word;
}
