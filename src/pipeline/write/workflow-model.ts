import type { PinnedAction } from "../pinned-actions.ts";

/**
 * A workflow as we write it: GitHub's own words, in the order in which they are read.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
export interface WorkflowModel {
  readonly name: string;
  readonly on: Readonly<Record<string, object>>;
  readonly permissions: Readonly<Record<string, never>>;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly defaults: { readonly run: { readonly shell: "bash" } };
  readonly jobs: Readonly<Record<string, JobModel>>;
}

export interface JobModel {
  /** Why it is there, or as it is: a comment above it. */
  readonly note?: string;
  readonly name: string;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly "runs-on": string;
  readonly "timeout-minutes": number;
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly defaults?: { readonly run: { readonly "working-directory": string } };
  readonly steps: readonly StepModel[];
}

export interface StepModel {
  readonly note?: string;
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: PinnedAction;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly "working-directory"?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

/** What GitHub fills in. Never inside `run`: a text of somebody else's would become part of the script. */
export function expression(text: string): string {
  return `\${{ ${text} }}`;
}
