import type {
  Fact,
  PlacedStep,
  Procedure,
  Runbook,
  RunbookSection,
  RunbookStep,
} from "../../runbook/index.ts";
import { fold, foldBehind } from "../layout/fold.ts";
import { type Column, tableLines } from "../layout/table.ts";
import type { Style } from "../style.ts";

/** Which runbooks there are, and which of their sections have steps. */
export function runbookListText(all: readonly Runbook[], columns: number, style: Style): string {
  return all
    .flatMap(({ name, purpose, sections }) => [
      ...fold(name, columns).map(style.bold),
      ...foldBehind("  ", purpose, columns),
      ...sections.flatMap(({ id, procedure }) => {
        if (procedure === null) return [];
        const { length } = procedure.steps;
        const often = procedure.isRoutine ? ", always" : "";
        return foldBehind(
          "  ",
          `${id}: ${length} ${length === 1 ? "step" : "steps"}${often}`,
          columns,
          2,
        );
      }),
    ])
    .join("\n");
}

/** A runbook, or a section of it, as it is read in a terminal. */
export function runbookText(
  { title, purpose }: Runbook,
  sections: readonly RunbookSection[],
  columns: number,
  style: Style,
): string {
  return [
    ...fold(title, columns).map(style.bold),
    ...fold(purpose, columns),
    ...sections.flatMap(({ id, title: what, facts, procedure }) => [
      "",
      ...fold(`${what} (${id})`, columns).map(style.bold),
      ...facts.flatMap((fact) => factLines(fact, columns, style)),
      ...(procedure === null ? [] : procedureLines(procedure, columns, style)),
    ]),
  ].join("\n");
}

/** The steps that would be gone through, with what they have to be told still in capitals. */
export function stepsText(placed: readonly PlacedStep[], columns: number, style: Style): string {
  return placed.flatMap(({ step }, at) => stepLines(step, at + 1, columns, style)).join("\n");
}

function procedureLines(
  { see, means, steps, escalate }: Procedure,
  columns: number,
  style: Style,
): string[] {
  return [
    ...foldBehind("you see  ", plain(see), columns),
    ...foldBehind("it means  ", plain(means), columns),
    ...steps.flatMap((step, at) => stepLines(step, at + 1, columns, style)),
    ...foldBehind("get help  ", plain(escalate), columns),
  ];
}

function stepLines(step: RunbookStep, number: number, columns: number, style: Style): string[] {
  const { id, what, command, check, otherwise } = step;
  return [
    ...foldBehind(`${number}. `, `${id}${kindOf(step)}: ${plain(what)}`, columns),
    // Never broken: it is to be copied.
    ...(command === null ? [] : [`   ${style.green(command)}`]),
    ...foldBehind("   check   ", plain(check), columns),
    ...foldBehind("   if not  ", plain(otherwise), columns),
  ];
}

/** What a person has to know before a step. */
export function kindOf({ changes, isByHand }: RunbookStep): string {
  return changes ? " (changes something)" : isByHand ? " (by hand)" : "";
}

function factLines(fact: Fact, columns: number, style: Style): string[] {
  if (typeof fact === "string") return fold(plain(fact), columns);
  const shown = fact.head.map(
    (title, at): Column<readonly string[]> => ({
      title,
      text: (row) => plain(row[at] ?? ""),
      isName: at === 0,
    }),
  );
  return tableLines(fact.rows, shown, columns, style);
}

/** Without what only Markdown shows. */
export function plain(text: string): string {
  return text.replace(/\[([^\]]+)\]\([^)]+\)/g, "$1").replace(/\*\*|`/g, "");
}
