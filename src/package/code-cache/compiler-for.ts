import { LambdakitError } from "../../errors/index.ts";
import type { FindCompiler } from "./code-compiler.ts";

/** What `process.arch` says on each of Lambda's architectures. */
const architectures: Readonly<Record<string, string>> = { arm64: "arm64", x86_64: "x64" };

/**
 * Finds a compiler for functions that run on one of Lambda's architectures: on this machine, if it is of
 * the same one. What others make, they would not take.
 */
export function compilerFor(architecture: string, find: FindCompiler): FindCompiler {
  return async (runtime) => {
    const compiler = await find(runtime);
    if (compiler.architecture === architectures[architecture]) return compiler;
    throw new LambdakitError("PACKAGE_CODE_CACHE", {
      message: `The functions run on ${architecture}, and the code cache would be made by Node.js ${compiler.version} for ${compiler.architecture}, which they would not take.`,
      fix: `package on a machine of ${architecture}, or leave codeCache out`,
      at: runtime,
    });
  };
}
