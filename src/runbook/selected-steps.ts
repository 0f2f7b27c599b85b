import { placeholdersIn } from "./command-words.ts";
import type { Procedure, Runbook, RunbookStep } from "./runbook.ts";

/** A step, and the section that it is in. */
export interface PlacedStep {
  readonly section: string;
  readonly procedure: Procedure;
  readonly step: RunbookStep;
}

/**
 * The steps that are gone through: those of one section; without one, of all that are a matter of course.
 *
 * @param section the id of one that has steps
 * @param from the id of the first of them. @default the first
 * @returns undefined where there is no such section, or no such step in it
 */
export function selectedSteps(
  { sections }: Runbook,
  section: string | undefined,
  from?: string,
): readonly PlacedStep[] | undefined {
  const all = sections.flatMap(({ id, procedure }) => {
    const isMeant = section === undefined ? procedure?.isRoutine : id === section;
    return procedure !== null && isMeant
      ? procedure.steps.map((step) => ({ section: id, procedure, step }))
      : [];
  });
  const first = from === undefined ? 0 : all.findIndex(({ step }) => step.id === from);
  return all.length === 0 || first < 0 ? undefined : all.slice(first);
}

/** Where to begin again, if a step has failed: at the one that tells it what it has to know. */
export function resumeAt(all: readonly PlacedStep[], at: number): string {
  const { command = null } = all[at]?.step ?? {};
  const needed = command === null ? [] : placeholdersIn(command);
  const giver = all.slice(0, at).find(({ step }) => needed.some((one) => one in step.gives));
  return (giver ?? all[at])?.step.id ?? "";
}
