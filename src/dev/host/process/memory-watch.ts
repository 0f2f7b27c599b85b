import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";

/** Between two looks a process takes what it likes: up to some 100 MB, if it does nothing else. */
const intervalMilliseconds = 50;

/**
 * Watches the memory that a process occupies, with buffers and native code, and says when it is more
 * than the limit.
 */
export class MemoryWatch {
  readonly #pid: number;
  readonly #limitMb: number;
  readonly #onExceeded: () => void;
  readonly #hasKernelFigures: boolean;
  #peakMb: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    pid: number,
    limitMb: number,
    onExceeded: () => void,
    platform: NodeJS.Platform = process.platform,
  ) {
    this.#pid = pid;
    this.#limitMb = limitMb;
    this.#onExceeded = onExceeded;
    this.#hasKernelFigures = platform === "linux";
  }

  /** The most that the process has used so far; undefined where nobody could look yet. */
  get peakMb(): number | undefined {
    if (this.#hasKernelFigures) this.#peakMb = kernelFigure(this.#pid, "VmHWM") ?? this.#peakMb;
    return this.#peakMb;
  }

  /** Looks from now on, until it is stopped or there was too much. */
  start(): void {
    this.#timer ??= setInterval(() => this.#look(), intervalMilliseconds).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    if (this.#hasKernelFigures) this.#judge(kernelFigure(this.#pid, "VmRSS"));
    else psFigure(this.#pid, (usedMb) => this.#judge(usedMb));
  }

  #judge(usedMb: number | undefined): void {
    if (usedMb === undefined || this.#timer === undefined) return;
    this.#peakMb = Math.max(this.#peakMb ?? 0, usedMb);
    if (usedMb <= this.#limitMb) return;
    this.stop();
    this.#onExceeded();
  }
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function kernelFigure(pid: number, name: "VmRSS" | "VmHWM"): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    const kilobytes = new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(status)?.[1];
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}

/** Where there is no `/proc`. */
function psFigure(pid: number, onFigure: (megabytes: number | undefined) => void): void {
  execFile("ps", ["-o", "rss=", "-p", String(pid)], (error, output) => {
    const kilobytes = error === null ? Number.parseInt(output, 10) : Number.NaN;
    onFigure(Number.isNaN(kilobytes) ? undefined : Math.ceil(kilobytes / 1024));
  });
}
