import { createInterface } from "node:readline/promises";
import { readHidden } from "./read-hidden.ts";

/** Where a command's answer and its messages go, and whether somebody is there to ask. */
export interface Terminal {
  /** The answer, and nothing else, so that it can be piped. */
  out(text: string): void;
  /** Progress, messages and errors. */
  err(text: string): void;
  /** Whether anything may be coloured: no, as soon as one of the two goes to a file or a program. */
  readonly color: boolean;
  /** How many characters a line of the answer may have: as wide as the terminal is now, 80 where it is none. */
  readonly columns: number;
  /** Whether it shows more than ASCII. */
  readonly unicode: boolean;
  /** Whether the answer goes to somebody's screen, on which it can be drawn anew. */
  readonly isScreen: boolean;
  /** What somebody types, or the usual answer for nothing; false for Ctrl-C, and `undefined` where nobody can be asked. */
  ask(question: string, usual: string): Promise<string | false | undefined>;
  /** True for yes; `undefined` where nobody can be asked, and the command has to go on without. */
  confirm(question: string): Promise<boolean | undefined>;
  /** What somebody types without seeing it, or all of stdin where nobody types; `undefined` where nobody answers. */
  readHidden(question: string): Promise<string | undefined>;
}

const usualColumns = 80;

/**
 * Whether the terminal's encoding has more than ASCII. Where nobody says, it is UTF-8 as everywhere today;
 * the console of Linux has no such characters in its font.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html (2026-11-27)
 */
export function showsUnicode(
  { LC_ALL, LC_CTYPE, LANG, TERM, WT_SESSION }: Readonly<Record<string, string | undefined>>,
  platform: string,
): boolean {
  if (platform === "win32") return WT_SESSION !== undefined;
  if (TERM === "linux" || TERM === "dumb") return false;
  const locale = LC_ALL || LC_CTYPE || LANG || "UTF-8";
  return /utf-?8/i.test(locale);
}

/** The terminal of this process. `NO_COLOR` and `CI` are honoured. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const somebody = stdin.isTTY && stderr.isTTY && !env.CI;
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    color: Boolean(stdout.isTTY && stderr.isTTY) && !env.NO_COLOR,
    get columns() {
      // A terminal that does not know its width says 0.
      return (stdout.isTTY && stdout.columns) || usualColumns;
    },
    unicode: showsUnicode(env, process.platform),
    isScreen: Boolean(stdout.isTTY) && env.TERM !== "dumb",
    async ask(question, usual) {
      if (!somebody) return undefined;
      const answer = await typedAnswer(`${question} [${usual}] `);
      return answer === false ? false : answer || usual;
    },
    async confirm(question) {
      if (!somebody) return undefined;
      const answer = await typedAnswer(`${question} [Y/n] `);
      // Whoever does not answer does not agree.
      return answer !== false && /^(y(es)?)?$/i.test(answer);
    },
    readHidden: (question) => readHidden(question, somebody),
  };
}

/** A line that somebody types; false for Ctrl-C and Ctrl-D, which Node.js tells in one way or the other. */
async function typedAnswer(question: string): Promise<string | false> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<false>((resolve) => lines.once("close", () => resolve(false)));
  try {
    const answer = await Promise.race([lines.question(question), ended]);
    return answer === false ? false : answer.trim();
  } catch {
    return false;
  } finally {
    lines.close();
  }
}
