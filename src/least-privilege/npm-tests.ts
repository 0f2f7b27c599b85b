import path from "node:path";
import { LambdakitError } from "../errors/index.ts";
import { fileExists, readJsonFile, runProgram } from "../system/index.ts";
import type { RunTests } from "./run-tests.ts";

/**
 * Runs the tests of a service as `npm test` does, and some of them as `npm test -- FILES`, which Vitest, Jest, Mocha and
 * `node --test` understand.
 *
 * @param script of the service's package.json
 * @throws {LambdakitError} PERMISSIONS_NO_SCRIPT
 */
export async function npmTests(service: string, script: string): Promise<RunTests> {
  const file = path.join(service, "package.json");
  const { scripts = {} } = fileExists(file)
    ? ((await readJsonFile(file)) as { scripts?: Record<string, string> })
    : {};
  if (scripts[script] === undefined) {
    const others = Object.keys(scripts);
    throw new LambdakitError("PERMISSIONS_NO_SCRIPT", {
      message: `package.json has no script "${script}" that runs the service's tests. ${others.length === 0 ? "It has none." : `It has: ${others.join(", ")}.`}`,
      fix: "write --script NAME, or add the script to package.json",
      at: file,
    });
  }
  return async ({ variables, files, interrupted }) => {
    const { status, output, complaint } = await runProgram(
      "npm",
      ["run", "--silent", script, ...(files.length === 0 ? [] : ["--", ...files])],
      {
        directory: service,
        variables: { ...process.env, ...variables },
        interruptsAll: true,
        ...(interrupted && { interrupted }),
      },
    );
    return { passed: status === 0, output: `${output}${complaint}` };
  };
}
