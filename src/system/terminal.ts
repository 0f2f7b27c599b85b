import { createInterface } from "node:readline/promises";

/** Where a command's answer and its messages go, and whether somebody is there to ask. */
export interface Terminal {
  /** The answer, and nothing else, so that it can be piped. */
  out(text: string): void;
  /** Progress, messages and errors. */
  err(text: string): void;
  /** Whether anything may be coloured: no, as soon as one of the two goes to a file or a program. */
  readonly color: boolean;
  /** How wide what the answer goes to is; undefined where that is no terminal. */
  readonly columns: number | undefined;
  /** True for yes; `undefined` where nobody can be asked, and the command has to go on without. */
  confirm(question: string): Promise<boolean | undefined>;
}

/** The terminal of this process. `NO_COLOR` and `CI` are honoured. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const somebody = stdin.isTTY && stderr.isTTY && !env.CI;
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    columns: stdout.isTTY && stdout.columns > 0 ? stdout.columns : undefined,
    color: Boolean(stdout.isTTY && stderr.isTTY) && !env.NO_COLOR,
    async confirm(question) {
      if (!somebody) return undefined;
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        const answer = await lines.question(`${question} [Y/n] `);
        return /^(y(es)?)?$/i.test(answer.trim());
      } catch {
        // Ctrl-C and Ctrl-D: whoever does not answer does not agree.
        return false;
      } finally {
        lines.close();
      }
    },
  };
}
