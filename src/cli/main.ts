import { exitCodes, LambdakitError, nearest } from "../errors/index.ts";
import type { Terminal } from "../system/index.ts";
import type { CommandLine, World } from "./command.ts";
import { commandNames, loadCommand, loadCommands } from "./commands/index.ts";
import { commandHelp, overview } from "./help.ts";
import { type NamedCommand, namedCommand } from "./named-command.ts";
import { parseInput } from "./parse-input.ts";
import { asLambdakitError, errorJson, errorText } from "./print-error.ts";
import { createStyle } from "./style.ts";
import { toolkitVersion } from "./toolkit-version.ts";

/**
 * Runs one command.
 *
 * @param args what stands after `lambdakit`
 * @returns the exit code
 */
export async function main(args: readonly string[], world: World): Promise<number> {
  const terminal = heeding(args, world.terminal);
  try {
    const [name] = args;
    if (name === undefined || name === "help" || name === "--help" || name === "-h") {
      terminal.out(overview(await loadCommands()));
      return exitCodes.ok;
    }
    if (name === "--version" || name === "-v") {
      terminal.out(toolkitVersion());
      return exitCodes.ok;
    }
    const named = findCommand(args);
    const command = await loadCommand(named.name);
    const input = parseInput(command, named.rest);
    if (input.flag("help")) {
      terminal.out(commandHelp(command));
      return exitCodes.ok;
    }
    return await command.run(input, { ...world, terminal }, commandLine);
  } catch (thrown) {
    const error = asLambdakitError(thrown);
    if (args.includes("--json")) terminal.out(errorJson(error));
    // An error is never quiet.
    else world.terminal.err(errorText(error, createStyle(terminal.color)));
    return error.exitCode;
  }
}

const commandLine: CommandLine = { names: commandNames, commands: loadCommands, run: main };

/** The terminal as `--quiet` and `--no-color` leave it, known before anything can go wrong. */
function heeding(args: readonly string[], terminal: Terminal): Terminal {
  return {
    out: terminal.out,
    err: args.includes("--quiet") ? () => {} : terminal.err,
    color: terminal.color && !args.includes("--no-color"),
    get columns() {
      return terminal.columns;
    },
    unicode: terminal.unicode,
    isScreen: terminal.isScreen,
    ask: terminal.ask,
    confirm: terminal.confirm,
    readHidden: terminal.readHidden,
  };
}

function findCommand(args: readonly string[]): NamedCommand {
  const named = namedCommand(commandNames, args);
  if (named !== undefined) return named;
  const [name = ""] = args;
  const family = commandNames.filter((one) => one.split(" ")[0] === name);
  const written = family.length === 0 ? name : args.slice(0, 2).join(" ");
  const near = nearest(written, family.length === 0 ? commandNames : family);
  const known = family.join(", ");
  throw new LambdakitError("CLI_UNKNOWN_COMMAND", {
    message: `There is no command "${written}"${family.length === 0 ? "" : `, but ${known}`}.`,
    fix: near === undefined ? "lambdakit --help" : `lambdakit ${near}`,
    at: written,
  });
}
