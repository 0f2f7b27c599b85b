/**
 * The commands.
 *
 * Takes an argument list and the world around it. Gives an exit code. Its one rule: a command reads
 * its options, asks one room to do the work, and prints; it does no work itself.
 */
export { main } from "./main.ts";
