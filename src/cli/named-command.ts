import type { Command } from "./command.ts";

/** A command, and what stands behind its name. */
export interface NamedCommand {
  readonly command: Command;
  readonly rest: readonly string[];
}

/** The command that an argument list begins with; of `new` and `new route`, the longer one. */
export function namedCommand(
  commands: readonly Command[],
  args: readonly string[],
): NamedCommand | undefined {
  const named = commands
    .map((command) => ({ command, words: command.name.split(" ") }))
    .filter(({ words }) => words.every((word, position) => args[position] === word))
    .sort((one, other) => other.words.length - one.words.length);
  return named.map(({ command, words }) => ({ command, rest: args.slice(words.length) }))[0];
}
