import { type ChildProcess, spawn } from "node:child_process";
import { constants, setPriority } from "node:os";

/** A compiler at work. */
export interface CompilerRun {
  /** Everything that it printed; undefined where it was ended before. Never rejects. */
  readonly output: Promise<string | undefined>;
  end(): void;
}

/** Runs a program of Node.js that nobody waits for: it gets the processor when nothing else wants it. */
export function runCompiler(
  program: string,
  args: readonly string[],
  directory: string,
): CompilerRun {
  let ended = false;
  const child = spawn(process.execPath, [program, ...args], {
    cwd: directory,
    // An editor that debugs this process has put itself there, and would debug the compiler too.
    env: { ...process.env, NODE_OPTIONS: undefined },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: TypeScript 7 starts a further process, which has to end with it.
    detached: process.platform !== "win32",
  });
  lowerPriority(child);
  const output = new Promise<string | undefined>((resolve) => {
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (chunk) => {
        text += chunk;
      });
    }
    child.once("error", (error) => resolve(ended ? undefined : error.message));
    child.once("close", () => resolve(ended ? undefined : text));
  });
  return {
    output,
    end() {
      ended = true;
      endGroup(child);
    },
  };
}

function lowerPriority({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system does not let us: then it runs like everything else.
  }
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended in this very moment.
  }
}
