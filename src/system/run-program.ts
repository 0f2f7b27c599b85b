import { spawn } from "node:child_process";
import { constants } from "node:os";
import { StringDecoder } from "node:string_decoder";

export interface ProgramOptions {
  readonly directory: string;
  /** All of its variables. @default those of this process */
  readonly variables?: NodeJS.ProcessEnv;
  /** Gets each line of its output as it comes, without its end. */
  readonly onLine?: (line: string) => void;
  /**
   * Where this is aborted the program is told once, as Ctrl-C would, and given the time that it takes: until
   * then nothing but SIGKILL ends us, since the program would die of the first line that nobody reads.
   */
  readonly interrupted?: AbortSignal;
}

/** How a program ended. */
export interface ProgramRun {
  /** 128 and the signal's number where a signal ended it, as a shell has it. */
  readonly status: number;
  readonly output: string;
  readonly complaint: string;
}

/**
 * Runs a program to its end, in a process group of its own: of a Ctrl-C on the terminal it hears from here
 * alone. Programs that clean up after the first one take a second for an order to stop at once.
 *
 * @throws what the system says where it cannot be started; ENOENT where there is none of this name
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { directory, variables = process.env, onLine, interrupted }: ProgramOptions,
): Promise<ProgramRun> {
  const child = spawn(program, args, {
    cwd: directory,
    env: variables,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const interrupt = () => child.kill("SIGINT");
  interrupted?.addEventListener("abort", interrupt, { once: true });
  const letGo = interrupted === undefined ? () => {} : holdOut();
  const output = collect(child.stdout, onLine);
  const complaint = collect(child.stderr);
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
    });
    return { status, output: output(), complaint: complaint() };
  } finally {
    interrupted?.removeEventListener("abort", interrupt);
    letGo();
  }
}

/** A signal that somebody listens to ends no process, as a second Ctrl-C would. */
function holdOut(): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const stay = () => {};
  for (const signal of signals) process.on(signal, stay);
  return () => {
    for (const signal of signals) process.off(signal, stay);
  };
}

/** @returns what has come so far */
function collect(stream: NodeJS.ReadableStream, onLine: (line: string) => void = () => {}) {
  const decoder = new StringDecoder("utf8");
  let text = "";
  let told = 0;
  stream.on("data", (chunk: Buffer) => {
    text += decoder.write(chunk);
    for (let end = text.indexOf("\n", told); end >= 0; end = text.indexOf("\n", told)) {
      onLine(text.slice(told, end));
      told = end + 1;
    }
  });
  stream.on("end", () => {
    text += decoder.end();
    if (told < text.length) onLine(text.slice(told));
  });
  return () => text;
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal];
}
