import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { BootInput } from "./boot.ts";
import { variablesOf } from "./variables.ts";
import type { Variant } from "./variant.ts";

/** Of one invocation, on average. */
export interface Invocation {
  readonly cpuUs: number;
  readonly wallUs: number;
  readonly status: number;
  readonly bodyBytes: number;
}

/** A function that runs, and waits to be invoked. */
export interface Loop {
  readonly name: string;
  invoke(count: number): Promise<Invocation>;
  stop(): void;
}

export function startLoop(
  variant: Variant,
  input: Pick<BootInput, "variables" | "eventFile">,
): Loop {
  const script = fileURLToPath(
    new URL(variant.language === "node" ? "loop.mjs" : "loop.py", import.meta.url),
  );
  const [program, ...flags] = variant.program;
  const child = spawn(program, [...flags, script, variant.taskRoot, input.eventFile], {
    cwd: variant.taskRoot,
    env: variablesOf(variant, input.variables),
    stdio: ["pipe", "ignore", "inherit", "pipe"],
  });
  const answers = createInterface({ input: child.stdio[3] as Readable });
  const ended = once(child, "exit").then(() => {
    throw new Error(`${variant.name} has ended.`);
  });
  ended.catch(() => {
    // It is told to whoever waits for an answer.
  });
  return {
    name: variant.name,
    async invoke(count) {
      const answer = once(answers, "line");
      child.stdin?.write(`${count}\n`);
      const [line] = await Promise.race([answer, ended]);
      return JSON.parse(line);
    },
    stop: () => {
      child.kill();
    },
  };
}
