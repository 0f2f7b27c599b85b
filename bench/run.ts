/**
 * `npm run bench [NAME]`: runs one benchmark, or all of them. Each prints what it was given, what it
 * measured, and ratios; a ratio carries over to another machine, and a time does not.
 */
import { cpus, totalmem } from "node:os";
import { devLoop } from "./dev/index.ts";
import { devLeaks } from "./dev/leaks.ts";
import { evaluation } from "./evaluate.ts";
import { listPage } from "./list-page.ts";
import { print } from "./print.ts";

const benchmarks: Record<string, () => Promise<void>> = {
  dev: devLoop,
  "dev-leaks": devLeaks,
  evaluate: evaluation,
  "list-page": listPage,
};

const [name] = process.argv.slice(2);
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
  await benchmark();
}
