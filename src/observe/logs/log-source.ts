import type { LogEvent, LogPage, PageRequest } from "../../aws/index.ts";

/** A log group, by the name that people know it by. */
export interface LogGroup {
  /** The function's key in the manifest, or `api`. */
  readonly key: string;
  /** In AWS, such as `/aws/lambda/bbws-product-list-dev`. */
  readonly name: string;
}

/** A log event, and whose it is. */
export interface LogLine extends LogEvent {
  /** The key of its log group. */
  readonly key: string;
}

/** Where log groups are read. A page is asked for once: whoever calls knows what to do with a failure. */
export interface LogSource {
  /** Undefined where there is no such group. */
  page(request: PageRequest, signal: AbortSignal): Promise<LogPage | undefined>;
  /** The time there, in milliseconds since 1970. */
  now(): number;
}
