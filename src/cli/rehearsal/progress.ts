import {
  type ActReport,
  durationText,
  type Stage,
  type StageReport,
} from "../../rehearsal/index.ts";
import type { Terminal } from "../../system/index.ts";
import { fold } from "../layout/fold.ts";
import { createStyle } from "../style.ts";

/** Says of each stage when it begins, of each of its acts when it is done, and how the stage ended. */
export function tellProgress(terminal: Terminal, count: number) {
  const style = createStyle(terminal.color);
  let number = 0;
  const line = (text: string, milliseconds: number) => {
    const took = durationText(milliseconds).padStart(12);
    const [first = "", ...more] = fold(text, terminal.columns - 2 - took.length, 2);
    terminal.err(
      [
        `  ${first.padEnd(terminal.columns - 2 - took.length)}${took}`,
        ...more.map((one) => `  ${one}`),
      ].join("\n"),
    );
  };
  return {
    onBegin({ id, shows }: Stage) {
      number += 1;
      const head = fold(`${number}/${count} ${id}: ${shows}`, terminal.columns);
      terminal.err(head.map(style.bold).join("\n"));
    },
    onAct(_: Stage, { line: what, milliseconds }: ActReport) {
      line(what, milliseconds);
    },
    onEnd({ outcome, milliseconds }: StageReport) {
      const mark = outcome === "passed" ? style.green : style.red;
      terminal.err(`  ${mark(outcome)} in ${durationText(milliseconds)}`);
    },
  };
}
