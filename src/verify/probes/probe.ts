import type { RoutePlan } from "../../plan/index.ts";

/** A request as it is sent. */
export interface ProbeRequest {
  readonly method: string;
  /** Below the service's URL, percent-encoded, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Whether the route asks for a token: one goes along then. */
  readonly wantsToken: boolean;
}

/** A request that changes nothing, and what its answer has to be. */
export interface Probe {
  readonly id: string;
  readonly what: string;
  readonly route: string | null;
  /** Whose contract the answer has to keep; null for what no route takes. */
  readonly operation: Operation | null;
  readonly request: ProbeRequest;
  /** Any of them will do. */
  readonly statuses: readonly number[];
  /** The fields that a refusal has to name. */
  readonly names: readonly string[];
  /** It comes from an origin whose scripts must not read the answer. */
  readonly isForeign: boolean;
}

/** Where the OpenAPI document describes a request. */
export interface Operation {
  readonly method: string;
  /** The path template of the plan. */
  readonly path: string;
}

/** GET and HEAD: whatever is sent, nothing is changed. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
export function isSafe({ method }: Operation): boolean {
  return method === "GET" || method === "HEAD";
}

/**
 * The status by which a route refuses what is not valid; undefined where its contract states none, and
 * then nothing can be expected.
 */
export function refusalStatus({ responses }: RoutePlan): number | undefined {
  return [400, 422].find((status) => responses.some((one) => one.status === status));
}
