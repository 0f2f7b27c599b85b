/** What every script does around what it is for: reads its options, and says in words why it ends. */
import { parseArgs } from "node:util";

/** Something that is not done, and what to type instead. */
export class Refusal extends Error {
  constructor(message, fix) {
    super(message);
    this.fix = fix;
  }
}

/**
 * @param options as `parseArgs` takes them; one that is not among them is refused
 * @param script gets their values and the other arguments; what it returns is the exit code
 */
export async function run(options, script) {
  try {
    const { values, positionals } = read(options);
    process.exitCode = (await script(values, positionals)) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`error: ${error.message}\n  fix: ${error.fix ?? "see above"}\n`);
    if (!(error instanceof Refusal) && process.env.DEBUG) process.stderr.write(`${error.stack}\n`);
  }
}

function read(options) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new Refusal(error.message, `the options are ${known.join(", ") || "none"}`);
  }
}
