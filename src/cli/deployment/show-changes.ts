import type { Change, StackRun } from "../../terraform/index.ts";
import type { World } from "../command.ts";
import { createStyle } from "../style.ts";
import { changesText } from "./changes-text.ts";

/** Says on the terminal what became of the last apply, if that is not known, and what is to be changed now. */
export function showChanges(run: StackRun, changes: readonly Change[], { terminal }: World): void {
  tellUnfinished(run, terminal);
  terminal.err(changesText(changes, createStyle(terminal.color)));
}

/** Says what the last apply had done, where it failed or nobody has seen its end. */
export function tellUnfinished({ unfinished }: StackRun, terminal: World["terminal"]): void {
  if (unfinished === undefined) return;
  const { done, failed, isComplete } = unfinished;
  const last = done.at(-1);
  const end = isComplete ? "went on without its command, to its end" : "did not come to its end";
  terminal.err(
    [
      `The last apply ${end}. Changes that it had made: ${done.length}${last === undefined ? "" : `, the last: ${last}`}`,
      ...failed.map((one) => `It could not ${one}`),
    ].join("\n"),
  );
}
