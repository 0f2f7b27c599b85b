import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";

/** Runs a step's script as GitHub does with `shell: bash`: it ends at the first failure, in a pipe too. */
export async function runScript(
  script: string,
  { folder, directory, variables }: ScriptPlace,
): Promise<{ readonly code: number; readonly log: string }> {
  const file = path.join(folder, "script.sh");
  await writeFile(file, script);
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], {
    cwd: directory,
    env: { ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject).on("close", (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, log };
}

export interface ScriptPlace {
  /** Where the script is put. */
  readonly folder: string;
  /** Where it runs. */
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
}
