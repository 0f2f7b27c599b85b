import type { Told } from "./act.ts";
import type { Fault } from "./report.ts";

/** How a command ended. */
export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command says with `--json`; undefined where that is no JSON. */
export function toldBy({ stdout }: CommandRun): Told | undefined {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

/** Why a command has failed, as it says itself. */
export function errorIn(told: Told): Told["error"] {
  return told.error;
}

interface Wrong extends CommandRun {
  readonly told: Told | undefined;
  readonly wanted: number;
  readonly log: string;
}

/** Why an act failed: what the command says itself, where it does; else what is known of it. */
export function faultOf(line: string, wrong: Wrong | Error): Fault {
  if (wrong instanceof Error) {
    const { fix = "lambdakit doctor" } = wrong as Error & { readonly fix?: string };
    return { line, reason: wrong.message, fix };
  }
  const { told, exitCode, wanted, stderr, log } = wrong;
  const error = told && errorIn(told);
  if (error !== undefined) {
    return { line, reason: `${error.code}: ${error.message}`, fix: error.fix };
  }
  const last = stderr.trim().split("\n").slice(-3).join("\n");
  const ended = `it ended with ${exitCode}, and not with ${wanted}.`;
  return { line, reason: [ended, last].join("\n").trim(), fix: `look into ${log}` };
}
