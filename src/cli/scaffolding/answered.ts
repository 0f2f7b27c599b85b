import { LambdakitError } from "../../errors/index.ts";
import type { Terminal } from "../../system/index.ts";
import type { Input } from "../command.ts";

/** Gives what an option says, or else what somebody answers. */
export function asking(input: Input, terminal: Terminal) {
  return async (option: string, question: string, usual: string): Promise<string> =>
    input.text(option) ?? (await answered(terminal, question, usual));
}

/**
 * What somebody answers; what is usual for an empty answer, and where nobody is there.
 *
 * @throws {LambdakitError} NEW_INTERRUPTED
 */
export async function answered(
  terminal: Terminal,
  question: string,
  usual: string,
): Promise<string> {
  const answer = await terminal.ask(question, usual);
  if (answer !== false) return answer ?? usual;
  throw new LambdakitError("NEW_INTERRUPTED", {
    message: "Nothing was made.",
    fix: "run the command again; each question has an option, too",
  });
}
