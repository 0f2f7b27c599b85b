import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { tableApi } from "../src/dev/engine/index.ts";

const run = promisify(execFile);

/**
 * The process id of the Dynoxide that has this table. There may be any number of them on this machine:
 * the table's name has to be nobody else's.
 */
export async function dynoxideWith(table: string): Promise<number | undefined> {
  for (const { pid, port } of await allDynoxides()) {
    if ((await tablesAt(`http://127.0.0.1:${port}`)).includes(table)) return pid;
  }
  return undefined;
}

/** None where it has just ended. */
async function tablesAt(endpoint: string): Promise<string[]> {
  try {
    return (await tableApi<{ TableNames: string[] }>(endpoint, "ListTables", {})).TableNames;
  } catch {
    return [];
  }
}

async function allDynoxides(): Promise<{ pid: number; port: number }[]> {
  const { stdout } = await run("ps", ["-eo", "pid=,args="], { maxBuffer: 16_000_000 });
  return stdout.split("\n").flatMap((line) => {
    // Not the shell that guards it, whose arguments have all of this too.
    const found = /^\s*(\d+) \S*dynoxide --port (\d+)/.exec(line);
    return found === null ? [] : [{ pid: Number(found[1]), port: Number(found[2]) }];
  });
}
