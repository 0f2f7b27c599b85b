import type { Texts } from "./texts.ts";

/** A line that says a command of the toolkit, in a file that nobody but a person can change. */
export interface LeftOver {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * Every command of the toolkit that is left, file by file: `npx lambdakit plan`, `lambdakit dr restore`; and not
 * `lambdakit/runtime`, or the toolkit's name in a sentence.
 *
 * @param commands names of those that there are
 */
export function leftOvers(files: Texts, commands: readonly string[]): readonly LeftOver[] {
  const first = new Set(commands.map((name) => name.split(" ")[0]));
  const command = new RegExp(`\\blambdakit (?:${[...first].join("|")})\\b`);
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, text]) =>
      text.split("\n").flatMap((line, at) => {
        return command.test(line) ? [{ file, line: at + 1, text: line.trim() }] : [];
      }),
    );
}
