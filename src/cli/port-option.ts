import { LambdakitError } from "../errors/index.ts";
import type { Input } from "./command.ts";

/**
 * A port that an option names.
 *
 * @param usual what is written in the fix
 * @throws {LambdakitError} CLI_BAD_VALUE
 */
export function readPort(input: Input, option: string, usual: number): number | undefined {
  const port = input.integer(option);
  if (port === undefined || port <= 65_535) return port;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--${option} is ${port}, and has to be from 0 to 65535.`,
    fix: `write --${option} ${usual}`,
    at: `--${option}`,
  });
}
