import type { Input } from "../calls/input.ts";
import type { PlanTables } from "../calls/plan-tables.ts";

/** One call to the engine. @throws {TableApiError} */
export type CallEngine = (operation: string, input: unknown) => Promise<Input>;

/** What an operation that the endpoint answers itself has to work with. */
export interface Surroundings {
  readonly call: CallEngine;
  /** The tables of the plan as it is now. */
  readonly tables: () => PlanTables;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Answers one call. @throws {TableApiError} */
export type Operation = (input: Input) => Promise<unknown>;

export type Operations = Readonly<Record<string, Operation>>;
