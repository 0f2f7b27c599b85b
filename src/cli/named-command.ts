/** The name of a command, and what stands behind it. */
export interface NamedCommand {
  readonly name: string;
  readonly rest: readonly string[];
}

/** The command that an argument list begins with; of `new` and `new route`, the longer one. */
export function namedCommand(
  names: readonly string[],
  args: readonly string[],
): NamedCommand | undefined {
  const named = names
    .map((name) => ({ name, words: name.split(" ") }))
    .filter(({ words }) => words.every((word, position) => args[position] === word))
    .sort((one, other) => other.words.length - one.words.length);
  return named.map(({ name, words }) => ({ name, rest: args.slice(words.length) }))[0];
}
