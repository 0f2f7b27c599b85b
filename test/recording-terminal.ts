import { main } from "../src/cli/index.ts";
import type { Terminal } from "../src/system/index.ts";
import { holdAnswer } from "./held-answers.ts";

/** What stands around a command in a test. */
export interface Situation {
  /** @default false */
  readonly color?: boolean;
  /** @default 80 */
  readonly columns?: number;
  /** @default true */
  readonly unicode?: boolean;
  /** @default false */
  readonly isScreen?: boolean;
  /** The answer to every question. @default nobody is there to ask */
  readonly answer?: boolean;
  /** What is typed, by what the question has in it. An empty text is the usual answer, false is Ctrl-C. @default nobody is there to ask */
  readonly answers?: Readonly<Record<string, string | false>>;
  /** What is typed unseen, or comes on stdin. @default nothing */
  readonly hidden?: string;
  /** Aborted by Ctrl-C. @default nobody presses it */
  readonly interrupted?: AbortSignal;
  /** Called with each text that goes to stdout. */
  readonly onOut?: (text: string) => void;
  /** Called with each text that goes to stderr. */
  readonly onErr?: (text: string) => void;
}

/** What a terminal was given. */
export interface Recording {
  readonly stdout: string;
  readonly stderr: string;
  readonly questions: readonly string[];
}

/** A terminal that remembers everything, and the memory of it. */
export function recordingTerminal({
  color = false,
  columns = 80,
  unicode = true,
  isScreen = false,
  answer,
  answers,
  hidden,
  onOut,
  onErr,
}: Situation = {}): {
  readonly terminal: Terminal;
  readonly recording: Recording;
} {
  const recording = { stdout: "", stderr: "", questions: [] as string[] };
  const terminal: Terminal = {
    out(text) {
      recording.stdout += `${text}\n`;
      onOut?.(text);
    },
    err(text) {
      recording.stderr += `${text}\n`;
      onErr?.(text);
    },
    color,
    columns,
    unicode,
    isScreen,
    async ask(question, usual) {
      if (answers === undefined) return undefined;
      recording.questions.push(question);
      const found = Object.entries(answers).find(([part]) => question.includes(part));
      return found?.[1] === false ? false : found?.[1] || usual;
    },
    async confirm(question) {
      recording.questions.push(question);
      return answer;
    },
    async readHidden(question) {
      recording.questions.push(question);
      return hidden;
    },
  };
  return { terminal, recording };
}

/** Runs `lambdakit` with these arguments, in this process, and gives its exit code and all that it said. With `--json` that is held against its schema. */
export async function lambdakit(
  args: readonly string[],
  situation: Situation = {},
): Promise<Recording & { readonly exitCode: number }> {
  const { terminal, recording } = recordingTerminal(situation);
  const interrupted = situation.interrupted ?? new AbortController().signal;
  const exitCode = await main(args, { terminal, interrupted });
  holdAnswer(args, recording.stdout);
  return { exitCode, ...recording };
}
