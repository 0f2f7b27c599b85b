import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** This repository's own, which the services that are made here are held against. */
export const packages = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** What a tool says of a folder, and whether it is content. */
export function runTool(folder: string, tool: string, args: readonly string[]) {
  return new Promise<{ exitCode: number | null; said: string }>((resolve) => {
    const program = spawn(process.execPath, [path.join(packages, tool), ...args], { cwd: folder });
    let said = "";
    for (const stream of [program.stdout, program.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
      });
    }
    program.on("close", (exitCode) => resolve({ exitCode, said }));
  });
}
