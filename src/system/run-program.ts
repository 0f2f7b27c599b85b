import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { StringDecoder } from "node:string_decoder";

export interface ProgramOptions {
  readonly directory: string;
  /** All of its variables. @default those of this process */
  readonly variables?: NodeJS.ProcessEnv;
  /** What it reads from stdin. @default nothing */
  readonly input?: string;
  /**
   * Gets its output, in the place of a pipe from it to here: then it goes on where this process is killed,
   * whose end would break the pipe and with it the program.
   */
  readonly outputFile?: string;
  /** Gets each line of its output without its end: as it comes, or, where it goes into a file, at the end. */
  readonly onLine?: (line: string) => void;
  /** Gets each line of what it says on stderr, as it comes. */
  readonly onComplaint?: (line: string) => void;
  /**
   * Where this is aborted the program is told once, as Ctrl-C would, and given the time that it takes: until
   * then nothing but SIGKILL ends us, since the program would die of the first line that nobody reads.
   */
  readonly interrupted?: AbortSignal;
  /** Tell so all that it has started, too: shells and npm do not pass it on. @default false */
  readonly interruptsAll?: boolean;
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
  options: ProgramOptions,
): Promise<ProgramRun> {
  const {
    directory,
    variables = process.env,
    outputFile,
    onLine,
    onComplaint,
    interrupted,
  } = options;
  const file = outputFile === undefined ? undefined : openSync(outputFile, "w");
  const child = spawn(program, args, {
    cwd: directory,
    env: variables,
    stdio: [options.input === undefined ? "ignore" : "pipe", file ?? "pipe", file ?? "pipe"],
    detached: process.platform !== "win32",
  });
  // It may end before it has read all.
  child.stdin?.on("error", () => {});
  child.stdin?.end(options.input);
  const interrupt = () => (options.interruptsAll ? interruptGroup(child) : child.kill("SIGINT"));
  interrupted?.addEventListener("abort", interrupt, { once: true });
  const letGo = interrupted === undefined ? () => {} : holdOut();
  const output =
    outputFile === undefined ? collect(child.stdout, onLine) : readAtEnd(outputFile, onLine);
  const complaint = collect(child.stderr, onComplaint);
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
    });
    return { status, output: output(), complaint: complaint() };
  } finally {
    interrupted?.removeEventListener("abort", interrupt);
    letGo();
    if (file !== undefined) closeSync(file);
  }
}

/** The program leads its group: see `detached`. */
function interruptGroup(leader: ChildProcess): void {
  if (process.platform === "win32" || leader.pid === undefined) {
    leader.kill("SIGINT");
    return;
  }
  try {
    process.kill(-leader.pid, "SIGINT");
  } catch {
    // All of them have ended by themselves.
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

type OnLine = (line: string) => void;

/** @returns what has come so far */
function collect(stream: NodeJS.ReadableStream | null, onLine?: OnLine): () => string {
  const lines = new Lines(onLine);
  stream?.on("data", (chunk: Buffer) => lines.add(chunk));
  stream?.on("end", () => lines.end());
  return () => lines.text;
}

/** @returns what the file holds by then */
function readAtEnd(file: string, onLine?: OnLine): () => string {
  return () => {
    const lines = new Lines(onLine);
    lines.add(readFileSync(file));
    lines.end();
    return lines.text;
  };
}

/** Makes lines of what comes in pieces. */
class Lines {
  text = "";
  readonly #onLine: OnLine;
  readonly #decoder = new StringDecoder("utf8");
  #told = 0;

  constructor(onLine: OnLine = () => {}) {
    this.#onLine = onLine;
  }

  add(chunk: Buffer): void {
    this.text += this.#decoder.write(chunk);
    for (let end = this.#nextEnd(); end >= 0; end = this.#nextEnd()) {
      this.#onLine(this.text.slice(this.#told, end));
      this.#told = end + 1;
    }
  }

  end(): void {
    this.text += this.#decoder.end();
    if (this.#told < this.text.length) this.#onLine(this.text.slice(this.#told));
    this.#told = this.text.length;
  }

  #nextEnd(): number {
    return this.text.indexOf("\n", this.#told);
  }
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal];
}
