import { type Command, commonOptions, type Option } from "./command.ts";
import { fold, textWidth } from "./layout/fold.ts";

/** What `lambdakit` alone prints: where to begin, then every command. */
export function overview(commands: readonly Command[]): string {
  const column = Math.max(...commands.map(({ name }) => name.length)) + 2;
  return [
    "lambdakit: the whole life of an AWS Lambda service, from one typed manifest",
    "",
    "  lambdakit dev --service services/product    serve a service on this machine",
    "  lambdakit COMMAND --help                    what a command does, with examples",
    "",
    "Commands:",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(column)}${summary}`),
  ].join("\n");
}

/** Examples first: most people look for one to change. */
export function commandHelp(command: Command): string {
  const usage = ["lambdakit", command.name, ...command.arguments.map((name) => `[${name}]`)];
  return [
    `${usage.join(" ")} [options]`,
    "",
    command.summary,
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
    ...fold(command.description, textWidth),
    "",
    "Options:",
    ...optionLines({ ...command.options, ...commonOptions }),
  ].join("\n");
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  const entries = Object.entries(options).map(([name, option]) => ({
    head: `--${name}${placeholderOf(option)}`,
    text: `${option.description}${defaultOf(option)}`,
  }));
  const column = Math.max(...entries.map(({ head }) => head.length)) + 4;
  return entries.flatMap(({ head, text }) => {
    const [first = "", ...rest] = fold(text, textWidth - column);
    return [`  ${head}`.padEnd(column) + first, ...rest.map((line) => " ".repeat(column) + line)];
  });
}

function placeholderOf(option: Option): string {
  if (option.type === "flag") return "";
  return ` ${option.type === "choice" ? option.choices.join("|") : option.placeholder}`;
}

function defaultOf(option: Option): string {
  return "default" in option && option.default !== undefined ? ` (default: ${option.default})` : "";
}
