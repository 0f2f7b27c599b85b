import type { Command } from "../src/cli/command.ts";
import { commandNames, loadCommands } from "../src/cli/commands/index.ts";
import { namedCommand } from "../src/cli/named-command.ts";

/** Every command, loaded. */
export const commands: readonly Command[] = await loadCommands();

/** The command that a command line begins with, and what stands behind its name. */
export function commandOf(
  args: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  const named = namedCommand(commandNames, args);
  const command = commands.find(({ name }) => name === named?.name);
  return named && command && { command, rest: named.rest };
}
