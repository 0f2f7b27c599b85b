import path from "node:path";
import { quoted } from "../../system/index.ts";

/** Where `dev` serves, and so where `lambdakit token` supposes it, where nothing else is said. */
export const usualPort = 3_000;

/**
 * What prints a token that a running `dev` believes.
 *
 * @param memory nothing is kept, and so nobody can find out the port
 */
export function tokenCommand(directory: string, port: number, memory: boolean): string {
  const fromHere = path.relative(process.cwd(), directory);
  const folder = fromHere.startsWith("..") ? directory : fromHere;
  const isPlain = /^[\w./-]+$/.test(folder);
  const words = ["lambdakit token"];
  if (folder !== "") words.push(`--service ${isPlain ? folder : quoted(folder)}`);
  if (memory && port !== usualPort) words.push(`--port ${port}`);
  return words.join(" ");
}
