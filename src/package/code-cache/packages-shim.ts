import { codeCacheRejected } from "../../names.ts";
import { digest } from "../../system/index.ts";
import type { CodeCompiler } from "./code-compiler.ts";
import { cacheFile, scriptFile } from "./file-names.ts";

/**
 * The module that stands where a function's packages did: it runs the script beside it, with the code cache
 * if that is the right one, else without, and then leaves a mark.
 *
 * That is compared here, and not left to V8: it looks at little more than its own version and its flags,
 * and a cache of another patch of Node.js, or with one wrong bit, may end the process.
 *
 * @see https://github.com/nodejs/node/issues/62781
 */
export function packagesShim(
  names: readonly string[],
  cache: Uint8Array,
  { version, architecture }: Pick<CodeCompiler, "version" | "architecture">,
): string {
  return `const builtin = process.getBuiltinModule;
const { readFileSync } = builtin("node:fs");
const file = (name) => import.meta.dirname + "/" + name;
let cachedData;
try {
  if (process.versions.node === ${JSON.stringify(version)} && process.arch === ${JSON.stringify(architecture)}) {
    const bytes = readFileSync(file("${cacheFile}"));
    if (builtin("node:crypto").hash("sha256", bytes) === "${digest(cache)}") cachedData = bytes;
  }
} catch {}
const script = new (builtin("node:vm").Script)(readFileSync(file("${scriptFile}"), "utf8"), { filename: "${scriptFile}", cachedData });
if (cachedData === undefined || script.cachedDataRejected) globalThis[Symbol.for("${codeCacheRejected}")] = true;
export const { ${names.join(", ")} } = script.runInThisContext()(builtin("node:module").createRequire(import.meta.url));
`;
}
