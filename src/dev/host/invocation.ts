/** What is asked of a function, and what it came to: the same for threads and for processes. */

export interface InvocationRequest {
  /** JSON, as it would be sent to Lambda. */
  readonly payload: string;
  /** `Root=1-…`, as the function finds it in `_X_AMZN_TRACE_ID`. @default a new one */
  readonly traceId?: string;
  /** The caller's `ClientContext`, decoded; for `context.clientContext`. */
  readonly clientContext?: unknown;
}

/** As Lambda shapes a failure. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What an invocation cost: the facts of Lambda's `REPORT` line. */
export interface InvocationReport {
  readonly requestId: string;
  /** The execution environment that answered, by the name of its log stream. */
  readonly environment: string;
  /** The init phase's length, where this invocation had to wait for it: a cold start. */
  readonly initMilliseconds?: number;
  readonly durationMilliseconds: number;
  readonly billedMilliseconds: number;
  readonly memoryMb: number;
  readonly maxMemoryUsedMb: number;
  readonly log: WrittenLog;
}

/** What was logged since the end of the invocation before. */
export interface WrittenLog {
  /** With Lambda's own `START`, `END` and `REPORT`. Most are never read: they are put together when they are. */
  readonly lines: readonly string[];
  /** The length of what the function itself wrote. */
  readonly characters: number;
}

export type InvocationResult =
  | { readonly ok: true; readonly payload: string; readonly report: InvocationReport }
  /** The function failed: it threw, ran out of time or memory, exited, could not start. */
  | {
      readonly ok: false;
      readonly reason: "function";
      readonly error: FunctionError;
      readonly report: InvocationReport;
    }
  /** No function was asked: too many run already, there is none of this name, or the service is ending. */
  | {
      readonly ok: false;
      readonly reason: "throttled" | "not-found" | "stopping";
      readonly error: FunctionError;
    };
