import type { EnvironmentName } from "../plan/index.ts";

/** What a service has runbooks for, in the order in which somebody meets them. */
export const runbookNames = [
  "deployment",
  "operations",
  "disaster-recovery",
  "development",
  "ci-cd",
] as const;

export type RunbookName = (typeof runbookNames)[number];

/** A runbook of a service, with the names and commands of one environment. */
export interface Runbook {
  readonly name: RunbookName;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly purpose: string;
  /** Null where it is of this machine, and of no environment. */
  readonly environment: EnvironmentName | null;
  readonly sections: readonly RunbookSection[];
}

export interface RunbookSection {
  /** What its address ends with, behind `#`, and what it is asked for by. */
  readonly id: string;
  readonly title: string;
  /** What is to be known, as Markdown: sentences, or a table. */
  readonly facts: readonly Fact[];
  /** What is to be done; null where there is only something to know. */
  readonly procedure: Procedure | null;
}

export type Fact = string | FactTable;

export interface FactTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Steps that belong together, for one situation. */
export interface Procedure {
  /** What is seen when it is time for it. */
  readonly see: string;
  /** What that means. */
  readonly means: string;
  /** Whether it is gone through as a matter of course, and not only when something has happened. */
  readonly isRoutine: boolean;
  readonly steps: readonly RunbookStep[];
  /** When one should not be alone with it any more. */
  readonly escalate: string;
}

export interface RunbookStep {
  /** Is told apart by it from every other step of the runbook: `lambdakit runbook run NAME --from ID`. */
  readonly id: string;
  readonly what: string;
  /** What is typed for it, in the folder of `service.ts`; null where there is nothing to type. */
  readonly command: string | null;
  /** Whether a person has to do it: what is typed elsewhere, or does not end by itself, or needs a look around. */
  readonly isByHand: boolean;
  /** Whether something is another thing afterwards: a file here does not count. */
  readonly changes: boolean;
  /** What to look at, so as to know that it went well. */
  readonly check: string;
  /** What to do where it did not. */
  readonly otherwise: string;
  /** The exit codes that mean that it went well. */
  readonly passes: readonly number[];
  /** Of what runs on while the steps after it in its section do: what it says when it is up. Null where it ends by itself. */
  readonly staysUp: string | null;
  /** What the command says that a later one needs, by {@link Placeholder}: a pattern with one group. */
  readonly gives: Readonly<Partial<Record<Placeholder, string>>>;
}

/**
 * What a command has to be told, and no plan knows: why (`"..."`), which plan was shown (`PLAN`), to which moment (`TIME`).
 */
export const placeholders = ["...", "PLAN", "TIME"] as const;

export type Placeholder = (typeof placeholders)[number];
