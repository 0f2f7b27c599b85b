/** What happens to a served deployment's callers: that of which CloudWatch makes metrics. */

/** An invocation, or an attempt that Lambda had no room for. */
export interface Invoked {
  readonly type: "invoked";
  /** Epoch milliseconds, of its end. */
  readonly at: number;
  readonly functionName: string;
  /** By which it was called. */
  readonly alias: string;
  readonly version: string;
  readonly outcome: "answered" | "failed" | "throttled";
  readonly milliseconds: number;
}

/** A request to the API that was answered, whoever answered it. */
export interface Answered {
  readonly type: "answered";
  /** Epoch milliseconds, of its end. */
  readonly at: number;
  readonly apiName: string;
  readonly stage: string;
  readonly status: number;
  readonly milliseconds: number;
}

export type Traffic = Invoked | Answered;

/** Says in an answer which version it is of, such as `2`. Only what serves tests adds it. */
export const versionHeader = "x-test-version";
