/**
 * npm run build: a zip for each function, into build/. The same source gives the same bytes, on every machine: what
 * has not changed is not deployed again, and what one environment has proven can be told from all else.
 */
import { functions, target } from "./settings.js";
import { writeArtifacts } from "./steps/artifacts.js";
import { bundleFunctions } from "./steps/bundle.js";
import { run } from "./steps/run.js";
import { zip } from "./steps/zip.js";

await run({}, async () => {
  const zips = Object.fromEntries(
    Object.entries(await bundleFunctions(functions, target)).map(([key, files]) => [
      key,
      zip(files),
    ]),
  );
  for (const { key, file, sha256 } of await writeArtifacts(zips)) {
    process.stdout.write(`${key.padEnd(20)} ${sha256}  ${file}\n`);
  }
});
