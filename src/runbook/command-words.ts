import { type Placeholder, placeholders } from "./runbook.ts";

/** The words of a command, as a shell would give them: what a runbook types has double quotes, and nothing else of a shell. */
export function commandWords(command: string): string[] {
  return [...command.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ""));
}

/** What a command has to be told before it can be typed. */
export function placeholdersIn(command: string): Placeholder[] {
  const words = commandWords(command).map(valueIn);
  return placeholders.filter((one) => words.includes(one));
}

/** The words of a command with what it has to be told; a placeholder whose value is not known stays. */
export function filledIn(
  command: string,
  values: Readonly<Partial<Record<Placeholder, string>>>,
): string[] {
  return commandWords(command).map((word) => {
    const value = values[valueIn(word) as Placeholder];
    return value === undefined ? word : word.slice(0, word.length - valueIn(word).length) + value;
  });
}

/** Of `reason=...` what is behind the `=`; of every other word all of it. */
function valueIn(word: string): string {
  return /^[a-z]+=/.test(word) ? word.slice(word.indexOf("=") + 1) : word;
}
