import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { variablesOf } from "./variables.ts";
import type { Variant } from "./variant.ts";

export interface Times {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** One start of a function: what `boot.mjs` tells, and how long the process lived. */
export interface Boot {
  readonly load: Times;
  readonly first: Times & { readonly status: number | string };
  /** Absent where the start was throttled. */
  readonly second?: Times & { readonly status: number | string };
  /** User and system time of the whole process. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakMb: number;
}

export interface BootInput {
  readonly variables: Readonly<Record<string, string>>;
  readonly eventFile: string;
  /** Gets the process, which stops itself after it has loaded, and continues it. */
  readonly throttle?: (child: ChildProcess) => void;
}

/** @throws {Error} where the function answers something else than it has to: then there is nothing to measure */
export async function boot(variant: Variant, input: BootInput): Promise<Boot> {
  const script = fileURLToPath(
    new URL(variant.language === "node" ? "boot.mjs" : "boot.py", import.meta.url),
  );
  const [program, ...flags] = variant.program;
  const mode = input.throttle === undefined ? [] : ["--throttled"];
  const started = performance.now();
  const child = spawn(program, [...flags, script, variant.taskRoot, input.eventFile, ...mode], {
    cwd: variant.taskRoot,
    env: variablesOf(variant, input.variables),
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  input.throttle?.(child);
  const [answer, complaint] = await Promise.all([
    text(child.stdio[3] as Readable),
    text(child.stderr as Readable),
    once(child, "exit"),
  ]);
  const wallMs = performance.now() - started;
  if (answer === "") throw new Error(`${variant.name} did not answer:\n${complaint}`);
  const boot = { ...JSON.parse(answer), wallMs } as Boot;
  for (const { status } of [boot.first, boot.second ?? boot.first]) {
    const { name, answer: wanted = 201 } = variant;
    if (status !== wanted) throw new Error(`${name} answered ${status}, and not ${wanted}.`);
  }
  return boot;
}
