import type { Texts } from "./texts.ts";

/** A line that says a command of the toolkit, in a file that nobody but a person can change. */
export interface LeftOver {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** `npx lambdakit plan`, `lambdakit dr restore`; and not `lambdakit/runtime`, or the toolkit's name in a sentence. */
const command =
  /\blambdakit (?:adopt|alarms|audit|bootstrap|cost|deploy|destroy|dev|doctor|dr|eject|explain|generate|invoke|logs|mcp|metrics|new|package|plan|promote|rehearse|releases|rollback|runbook|secret|status|token|unlock|verify)\b/;

/** Every command of the toolkit that is left, file by file. */
export function leftOvers(files: Texts): readonly LeftOver[] {
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, text]) =>
      text.split("\n").flatMap((line, at) => {
        return command.test(line) ? [{ file, line: at + 1, text: line.trim() }] : [];
      }),
    );
}
