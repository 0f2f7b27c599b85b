import { type ChildProcess, spawnSync } from "node:child_process";

/** Who dies. */
export interface Victim {
  /** Started with `detached`, so that it leads a process group of its own. */
  readonly child: ChildProcess;
  /** Whether Terraform and its provider live on, as they do where only their parent is killed. @default false */
  readonly sparesTerraform?: boolean;
}

/**
 * Kills with SIGKILL, at once: the child and all that it has started in its group.
 *
 * @throws {Error} where the child leads no group: another group would be this process's own
 */
export function kill({ child, sparesTerraform = false }: Victim): void {
  if (child.pid === undefined) throw new Error("The child was never started.");
  const group = processes().filter(({ group }) => group === child.pid);
  const leads = group.some(({ pid }) => pid === child.pid);
  if (!leads && child.exitCode === null && child.signalCode === null) {
    throw new Error("The child leads no process group: start it with detached.");
  }
  for (const { pid, program } of group) {
    if (sparesTerraform && /(^|\/)terraform[^/]*$/.test(program)) continue;
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // It has ended by itself meanwhile.
      if (Object(error).code !== "ESRCH") throw error;
    }
  }
}

function processes() {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,pgid=,comm="], { encoding: "utf8" });
  return stdout
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, group, ...program] = line.trim().split(/\s+/);
      return { pid: Number(pid), group: Number(group), program: program.join(" ") };
    });
}
