import type { Restart } from "../engine/index.ts";
import type { AccessDenied } from "./access.ts";
import type { Capacity } from "./consumed-capacity.ts";

/** One call to the tables, answered. */
export interface TableCall {
  /** The function that made it; null for the developer's own. */
  readonly function: string | null;
  /** Such as `GetItem`. */
  readonly operation: string;
  /** The names of the tables that it is about. */
  readonly tables: readonly string[];
  /** The HTTP status of the answer. */
  readonly status: number;
  readonly milliseconds: number;
  /** DynamoDB's name for what went wrong. */
  readonly errorType?: string;
  /** What DynamoDB would have charged for it: an estimate, by table; absent where that is nothing. */
  readonly capacity?: readonly Capacity[];
}

/** What happens at the tables. */
export type TableEvent =
  | ({ readonly type: "table-call" } & TableCall)
  /** A call that could not be answered, for a reason that is none of DynamoDB's. */
  | { readonly type: "call-failed"; readonly error: unknown }
  | ({ readonly type: "access-denied" } & AccessDenied)
  | { readonly type: "items-expired"; readonly table: string; readonly items: number }
  | { readonly type: "items-not-expired"; readonly error: unknown }
  /** For whoever supervises the engine: the endpoint only waits for it. */
  | ({ readonly type: "engine-restarted" } & Restart);
