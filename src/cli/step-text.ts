import type { Terminal } from "../system/index.ts";
import { createStyle } from "./style.ts";

/** A step of a command, with the time that it took. */
export interface TimedStep {
  readonly what: string;
  readonly milliseconds: number;
}

/** Says of each step that it is done, with the time since the one before it, or since now. */
export function timedSteps(terminal: Terminal): (what: string) => TimedStep {
  const style = createStyle(terminal.color);
  let last = performance.now();
  return (what) => {
    const now = performance.now();
    const step = { what, milliseconds: Math.round(now - last) };
    last = now;
    terminal.err(style.dim(stepText(step)));
    return step;
  };
}

/** The steps of a command that tells of them in the end, too. */
export interface KeptSteps {
  readonly steps: readonly TimedStep[];
  /** To be told when a step is done. */
  readonly done: (what: string) => void;
}

/** As {@link timedSteps}, and keeps each of them. */
export function keptSteps(terminal: Terminal): KeptSteps {
  const steps: TimedStep[] = [];
  const timed = timedSteps(terminal);
  return {
    steps,
    done(what) {
      steps.push(timed(what));
    },
  };
}

/** A step that is done, and how long it took, in columns. */
export function stepText({ what, milliseconds }: TimedStep): string {
  return `${what.padEnd(48)}${(milliseconds / 1000).toFixed(2).padStart(7)} s`;
}
