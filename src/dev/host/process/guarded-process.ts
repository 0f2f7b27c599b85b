import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

export interface ProgramOptions {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly directory: string;
  /** All that it finds in its environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Called as soon as it has ended. */
  readonly onExit: () => void;
}

export interface GuardedProcess {
  /** Undefined where it could not be started. */
  readonly pid: number | undefined;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves once it has ended, everything it has started too, and all it wrote has been read. */
  readonly ended: Promise<Ending>;
  /** Sends a signal to it and to everything it has started. */
  signal(signal: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void;
}

export type Ending =
  | { readonly status: number }
  | { readonly signal: NodeJS.Signals }
  /** Why it could not be started. */
  | { readonly notStarted: string };

/**
 * What it wrote last is in the pipes when it ends and is read in an instant. Only a process that has
 * left the group can hold a pipe open, and nobody waits for that.
 */
const drainMilliseconds = 1_000;

/**
 * Starts a program in a process group of its own, which is killed when the program ends, and when
 * this process does, however this process ends.
 *
 * @throws {Error} where the system does not even try: variables with a zero byte, too many open files
 */
export function startGuarded(options: ProgramOptions): GuardedProcess {
  const child = spawn(options.program, options.parameters, {
    cwd: options.directory,
    env: { ...options.variables },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that it and all its children can be stopped and killed together.
    detached: true,
  });
  const guard = child.pid === undefined ? undefined : startGuard(child.pid);
  let over = false;
  const signal = (name: "SIGKILL" | "SIGSTOP" | "SIGCONT") => {
    // Afterwards its number may be somebody else's.
    if (child.pid === undefined || over) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // Nobody is left in the group.
    }
  };
  const ended = ending(child).then(async (result) => {
    options.onExit();
    signal("SIGKILL");
    over = true;
    await drained([child.stdout, child.stderr]);
    guard?.kill("SIGKILL");
    return result;
  });
  return { pid: child.pid, stdout: child.stdout, stderr: child.stderr, ended, signal };
}

/**
 * A shell whose standard input closes when this process ends, which even `kill -9` brings about. It
 * is outside the group, so it also works while the group stands still.
 */
function startGuard(group: number): ChildProcess {
  const script = 'read -r _; kill -s KILL -- "-$1"';
  const guard = spawn("/bin/sh", ["-c", script, "sh", String(group)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // Without a shell there is no guard, and everything else still works.
  guard.once("error", () => {});
  guard.unref();
  return guard;
}

function ending(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once("error", ({ message }) => resolve({ notStarted: message }));
    child.once("exit", (status, signal) =>
      resolve(signal === null ? { status: Number(status) } : { signal }),
    );
  });
}

async function drained(streams: readonly Readable[]): Promise<void> {
  const limit = setTimeout(() => {
    for (const stream of streams) stream.destroy();
  }, drainMilliseconds);
  await Promise.all(streams.map(closed));
  clearTimeout(limit);
}

function closed(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    else stream.once("close", resolve);
  });
}
