/** esbuild's part: each function with all that it imports as one module, as Lambda loads it. */
import path from "node:path";
import { build } from "esbuild";
import { environmentCredentials, nodeBuiltins } from "./bundle-plugins.js";

/** The module in each zip: with the handler's name, it is the `handler` that Terraform is told. */
const module = "index";

/**
 * @param functions the source file of each, by its key
 * @param target such as `node22`
 * @returns the files of each zip, by the function's key
 */
export async function bundleFunctions(functions, target) {
  const { outputFiles } = await build({
    absWorkingDir: process.cwd(),
    entryPoints: Object.entries(functions).map(([key, file]) => ({
      in: path.resolve(file),
      out: `${key}/${module}`,
    })),
    bundle: true,
    format: "esm",
    platform: "node",
    target,
    outdir: "build",
    outExtension: { ".js": ".mjs" },
    // ES modules can be shaken down to what is used; `main` is often CommonJS, and cannot.
    mainFields: ["module", "main"],
    conditions: ["module"],
    // Names stay: they are what stack traces are read for.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    plugins: [nodeBuiltins, environmentCredentials],
    write: false,
    logLevel: "warning",
  });
  const codeOf = (key) => {
    const file = path.resolve("build", key, `${module}.mjs`);
    return outputFiles.find((one) => one.path === file).contents;
  };
  return Object.fromEntries(
    Object.keys(functions).map((key) => [key, { [`${module}.mjs`]: codeOf(key) }]),
  );
}
