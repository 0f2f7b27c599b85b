import type { Diagnostic } from "./message.ts";

/** What Terraform was doing when it failed. */
export interface FailedRun {
  /** Such as `plan`. */
  readonly command: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What it printed that was no message. */
  readonly complaint: string;
  readonly environment: string;
  /** Where it ran, and the files of variables that it was given: for commands to be typed by hand. */
  readonly directory: string;
  readonly variableFiles: readonly string[];
}
