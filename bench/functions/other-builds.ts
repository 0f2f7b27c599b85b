/** The same source of the Product service's `create`, built as others do. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

const source = path.resolve("services/product/src");

export function plainEsbuild(taskRoot: string): string {
  return bundlePlainly(path.join(source, "handlers/create-product.ts"), taskRoot);
}

/**
 * `esbuild --bundle --minify --format=esm`, with the two flags that it needs to work at all: ES modules
 * of the packages, and a `require` for those that are none. They make it faster, too.
 *
 * @param packages where packages lie that are not found from the entry
 */
export function bundlePlainly(entry: string, taskRoot: string, packages?: string): string {
  execFileSync(
    path.resolve("node_modules/.bin/esbuild"),
    [
      entry,
      ...["--bundle", "--minify", "--format=esm", "--platform=node", "--target=node22"],
      "--main-fields=module,main",
      '--banner:js=import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      `--outfile=${path.join(taskRoot, "index.mjs")}`,
      "--log-level=error",
    ],
    { env: { ...process.env, ...(packages !== undefined && { NODE_PATH: packages }) } },
  );
  return taskRoot;
}

/** Not bundled: each file compiled by itself, and the packages as npm has installed them. */
export function unbundled(taskRoot: string): string {
  mkdirSync(taskRoot, { recursive: true });
  const project = path.join(taskRoot, "tsconfig.json");
  const compilerOptions = {
    noEmit: false,
    noCheck: true,
    types: [],
    rootDir: source,
    outDir: taskRoot,
  };
  const include = [path.join(source, "**/*.ts")];
  writeFileSync(
    project,
    JSON.stringify({ extends: path.resolve("tsconfig.json"), compilerOptions, include }),
  );
  execFileSync(path.resolve("node_modules/.bin/tsc"), ["-p", project]);
  writeFileSync(path.join(taskRoot, "package.json"), '{ "type": "module" }\n');
  symlinkSync(path.resolve("node_modules"), path.join(taskRoot, "node_modules"));
  writeFileSync(
    path.join(taskRoot, "index.mjs"),
    'export { handler } from "./handlers/create-product.js";\n',
  );
  return taskRoot;
}

/** Handlers of the benchmark's own, copied to where they are run. */
export function ownHandler(name: string, taskRoot: string): string {
  mkdirSync(taskRoot, { recursive: true });
  cpSync(new URL(`handlers/${name}.mjs`, import.meta.url), path.join(taskRoot, "index.mjs"));
  return taskRoot;
}
