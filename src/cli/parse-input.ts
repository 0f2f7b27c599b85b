import { parseArgs } from "node:util";
import { type ErrorCode, LambdakitError, nearest } from "../errors/index.ts";
import { quoted } from "../system/index.ts";
import { type Command, commonOptions, type Input, type Option } from "./command.ts";

interface Mistake {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fix: string;
  readonly at: string;
}

/**
 * Parses a command's options strictly: what is not known is an error, never ignored.
 *
 * @throws {LambdakitError} CLI_UNKNOWN_OPTION, CLI_BAD_VALUE, CLI_UNEXPECTED_ARGUMENT, naming every mistake
 */
export function parseInput(command: Command, args: readonly string[]): Input {
  const options = new Map<string, Option>(Object.entries({ ...command.options, ...commonOptions }));
  const mistakes: Mistake[] = [];
  // In the order in which they are written: of most options, the last counts.
  const values = new Map<string, readonly string[]>();
  const positionals: string[] = [];

  const tokens = tokenize(args.flatMap(withValue(options)), options);
  for (const [position, token] of tokens.entries()) {
    if (token.kind === "positional") {
      const previous = tokens[position - 1];
      const belongsToUnknown = previous?.kind === "option" && !options.has(previous.name);
      if (!belongsToUnknown) positionals.push(token.value);
    } else if (token.kind === "option") {
      const option = options.get(token.name);
      const mistake =
        option === undefined
          ? unknownOption(command, args, token.rawName, [...options.keys()])
          : badValue(token.rawName, option, token.value);
      if (mistake !== undefined) mistakes.push(mistake);
      else values.set(token.name, [...(values.get(token.name) ?? []), token.value ?? ""]);
    }
  }
  const isOpen = command.arguments.at(-1)?.endsWith("...") ?? false;
  for (const extra of isOpen ? [] : positionals.slice(command.arguments.length)) {
    mistakes.push({
      code: "CLI_UNEXPECTED_ARGUMENT",
      message: `"${extra}" is one argument too many for lambdakit ${command.name}.`,
      fix: `lambdakit ${command.name} --help`,
      at: extra,
    });
  }
  const [first] = mistakes;
  if (first !== undefined) {
    const message = mistakes.map((mistake) => mistake.message).join("\n");
    throw new LambdakitError(first.code, { ...first, message });
  }
  return input(options, values, positionals);
}

/** `--inspect` is `--inspect=9229` where no number follows. */
function withValue(options: ReadonlyMap<string, Option>) {
  return (arg: string, position: number, args: readonly string[]): string[] => {
    const option = arg.startsWith("--") ? options.get(arg.slice(2)) : undefined;
    const bare = option !== undefined && "bare" in option ? option.bare : undefined;
    const isBare = bare !== undefined && !/^\d/.test(args[position + 1] ?? "");
    return isBare ? [`${arg}=${bare}`] : [arg];
  };
}

function tokenize(args: readonly string[], options: ReadonlyMap<string, Option>) {
  return parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      [...options].map(([name, option]) => [
        name,
        {
          type: option.type === "flag" ? ("boolean" as const) : ("string" as const),
          ...("short" in option && option.short !== undefined ? { short: option.short } : {}),
        },
      ]),
    ),
  }).tokens;
}

function unknownOption(
  command: Command,
  args: readonly string[],
  written: string,
  known: readonly string[],
): Mistake {
  const near = nearest(
    written,
    known.map((name) => `--${name}`),
  );
  const corrected = args.map((one) =>
    one === written || one.startsWith(`${written}=`) ? one.replace(written, near ?? "") : one,
  );
  return {
    code: "CLI_UNKNOWN_OPTION",
    message: `lambdakit ${command.name} has no option ${written}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
    fix: ["lambdakit", command.name, ...(near === undefined ? ["--help"] : corrected)]
      .map(shellWord)
      .join(" "),
    at: written,
  };
}

/** Quoted where a shell would read it otherwise. */
function shellWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : quoted(word);
}

function badValue(written: string, option: Option, value: string | undefined): Mistake | undefined {
  const wrong = (message: string, fix: string): Mistake => ({
    code: "CLI_BAD_VALUE",
    message: `${written} ${message}.`,
    fix: `write ${fix}`,
    at: written,
  });
  if (option.type === "flag") {
    return value === undefined ? undefined : wrong("takes no value", written);
  }
  if (option.type === "choice") {
    const { choices } = option;
    if (value !== undefined && choices.includes(value)) return undefined;
    const near = nearest(value ?? "", choices) ?? choices.join(" or ");
    const what = value === undefined ? "needs a value" : `is "${value}"`;
    return wrong(`${what}, and has to be ${choices.join(", ")}`, `${written} ${near}`);
  }
  if (value === undefined || value === "" || value.startsWith("--")) {
    return wrong("needs a value", `${written} ${option.placeholder}`);
  }
  if (option.type === "integer" && !/^\d{1,9}$/.test(value)) {
    const example = option.bare ?? option.placeholder;
    return wrong(`is "${value}", which is not a whole number`, `${written} ${example}`);
  }
  return undefined;
}

function input(
  options: ReadonlyMap<string, Option>,
  values: ReadonlyMap<string, readonly string[]>,
  positionals: readonly string[],
): Input {
  const text = (name: string) => {
    const option = options.get(name);
    const last = values.get(name)?.at(-1);
    return last ?? (option && "default" in option ? option.default : undefined);
  };
  return {
    arguments: positionals,
    flag: (name) => values.has(name),
    text,
    texts: (name) => values.get(name) ?? [],
    integer(name) {
      const value = text(name);
      return value === undefined ? undefined : Number(value);
    },
  };
}
