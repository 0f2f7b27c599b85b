import type { RunbookStep } from "./runbook.ts";

type Essentials = Pick<RunbookStep, "id" | "what" | "check" | "otherwise">;

/** A command that only looks. Ends well with 0, unless something else is said. */
export function look(
  step: Essentials & { readonly command: string } & Partial<RunbookStep>,
): RunbookStep {
  return { isByHand: false, changes: false, passes: [0], staysUp: null, gives: {}, ...step };
}

/** A command after which something is another thing. */
export function change(
  step: Essentials & { readonly command: string } & Partial<RunbookStep>,
): RunbookStep {
  return look({ ...step, changes: true });
}

/** What only a person does. */
export function byHand(step: Essentials & Partial<RunbookStep>): RunbookStep {
  const { command = null } = step;
  return {
    isByHand: true,
    changes: false,
    passes: [0],
    staysUp: null,
    gives: {},
    ...step,
    command,
  };
}
