/**
 * `npm run bench [-- NAME] [--rounds N]`: runs one benchmark, or all of them. Each prints what it was
 * given, what it measured, and ratios; a ratio carries over to another machine, and a time does not.
 */
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { authorizer } from "./authorizer/index.ts";
import { cold } from "./cold.ts";
import { devLoop } from "./dev/index.ts";
import { devLeaks } from "./dev/leaks.ts";
import { evaluation } from "./evaluate.ts";
import { listPage } from "./list-page.ts";
import type { BenchmarkOptions } from "./options.ts";
import { pack } from "./pack/index.ts";
import { print } from "./print.ts";
import { restore } from "./restore.ts";
import { throttled } from "./throttle.ts";
import { warm } from "./warm/index.ts";

const benchmarks: Record<string, (options: BenchmarkOptions) => Promise<void>> = {
  authorizer,
  cold,
  dev: devLoop,
  "dev-leaks": devLeaks,
  evaluate: evaluation,
  "list-page": listPage,
  pack,
  restore,
  throttle: throttled,
  warm,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string" } },
});
const [name] = positionals;
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
  throw new Error(`--rounds has to be a number from 1 on, and not "${values.rounds}".`);
}
const chosen = Object.entries(benchmarks).filter(([key]) => name === undefined || key === name);
if (chosen.length === 0) {
  throw new Error(
    `There is no benchmark "${name}"; there are ${Object.keys(benchmarks).join(", ")}.`,
  );
}
const memoryGb = Math.round(totalmem() / 2 ** 30);
print(
  `Node.js ${process.versions.node}, ${cpus().length} cores, ${memoryGb} GiB, ${new Date().toISOString().slice(0, 10)}`,
);
for (const [key, benchmark] of chosen) {
  print(`\n## ${key}\n`);
  await benchmark({ rounds });
}
