import { transform } from "esbuild";

/** A function's packages as a classic script, which V8's code cache is for; an ES module can have none. */
export interface PackagesScript {
  /** Its value is a function of `require` that gives the names. */
  readonly code: string;
  readonly sourceMap: string;
  readonly names: readonly string[];
}

const globalName = "packages";
/** What has no meaning outside of an ES module. */
const onlyInModules = ["empty-import-meta"];

/**
 * The script that does what a packages' module does.
 *
 * @param target such as `node24`
 * @returns undefined where it cannot be a script: it awaits at its top, or asks where it lies
 */
export async function packagesScript(
  module: Uint8Array,
  sourceMap: Uint8Array,
  target: string,
): Promise<PackagesScript | undefined> {
  const map = Buffer.from(sourceMap).toString("base64");
  const source = Buffer.from(module).toString();
  const script = await transform(
    `${source}\n//# sourceMappingURL=data:application/json;base64,${map}\n`,
    {
      format: "iife",
      globalName,
      platform: "node",
      target,
      minify: true,
      legalComments: "none",
      sourcemap: "external",
      // A script that was compiled by itself has no `import()`.
      supported: { "dynamic-import": false },
      // Modules are strict; and the function is the script's value.
      banner: '(function(require){"use strict";',
      footer: `return ${globalName}})`,
      logLevel: "silent",
    },
  ).catch(() => undefined);
  if (script === undefined || script.warnings.some(({ id }) => onlyInModules.includes(id))) {
    return undefined;
  }
  return { code: script.code, sourceMap: script.map, names: exportedNames(source) };
}

/** Those of the one `export` statement that esbuild ends a module with. */
function exportedNames(module: string): string[] {
  const [, list = ""] = /export\s*\{([^{}]*)\};?\s*$/.exec(module) ?? [];
  return list
    .split(",")
    .map(
      (one) =>
        one
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? "",
    )
    .filter((name) => name !== "")
    .sort();
}
