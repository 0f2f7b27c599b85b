import { spawn } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import { constants } from "node:os";
import { StringDecoder } from "node:string_decoder";

export interface ProgramOptions {
  readonly directory: string;
  /** All of its variables. @default those of this process */
  readonly variables?: NodeJS.ProcessEnv;
  /**
   * Gets its output, in the place of a pipe from it to here: then it goes on where this process is killed,
   * whose end would break the pipe and with it the program.
   */
  readonly outputFile?: string;
  /** Gets each line of its output as it comes, without its end. */
  readonly onLine?: (line: string) => void;
  /** Where this is aborted the program is told once, as Ctrl-C would, and given the time that it takes. */
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
  { directory, variables = process.env, outputFile, onLine, interrupted }: ProgramOptions,
): Promise<ProgramRun> {
  const file = outputFile === undefined ? undefined : openSync(outputFile, "w");
  const child = spawn(program, args, {
    cwd: directory,
    env: variables,
    stdio: ["ignore", file ?? "pipe", file ?? "pipe"],
    detached: process.platform !== "win32",
  });
  const interrupt = () => child.kill("SIGINT");
  interrupted?.addEventListener("abort", interrupt, { once: true });
  const output =
    outputFile === undefined ? collect(child.stdout, onLine) : follow(outputFile, onLine);
  const complaint = collect(child.stderr);
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
    });
    return { status, output: output(), complaint: complaint() };
  } catch (error) {
    output();
    throw error;
  } finally {
    interrupted?.removeEventListener("abort", interrupt);
    if (file !== undefined) closeSync(file);
  }
}

type OnLine = (line: string) => void;

/** @returns what has come so far */
function collect(stream: NodeJS.ReadableStream | null, onLine?: OnLine): () => string {
  const lines = new Lines(onLine);
  stream?.on("data", (chunk: Buffer) => lines.add(chunk));
  stream?.on("end", () => lines.end());
  return () => lines.text;
}

/** How long what a program writes into a file may wait to be read, in ms. */
const lookEvery = 100;

/** @returns ends it, and gives what the file holds */
function follow(file: string, onLine?: OnLine): () => string {
  const lines = new Lines(onLine);
  const handle = openSync(file, "r");
  const chunk = Buffer.alloc(64 * 1024);
  const look = () => {
    for (let size = 1; size > 0; ) {
      size = readSync(handle, chunk);
      lines.add(chunk.subarray(0, size));
    }
  };
  const timer = setInterval(look, lookEvery);
  return () => {
    clearInterval(timer);
    look();
    closeSync(handle);
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
