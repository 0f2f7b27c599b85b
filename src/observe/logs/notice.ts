import type { LambdakitError } from "../../errors/index.ts";

/** What somebody who reads should know of the reading. */
export type Notice =
  /** There is no such log group. */
  | { readonly type: "no-group"; readonly key: string; readonly name: string }
  /** A log group that may not be read. */
  | { readonly type: "not-allowed"; readonly key: string; readonly error: LambdakitError }
  /** A group that was not there is there now. */
  | { readonly type: "found"; readonly key: string }
  /** A call is made again after a while, and nobody follows. Told once. */
  | { readonly type: "waiting"; readonly because: LambdakitError | null }
  /** Lines come later than they should. Why: throttled, or AWS cannot be reached, or there is more than can be read. */
  | { readonly type: "behind"; readonly seconds: number; readonly because: LambdakitError | null }
  | { readonly type: "caught-up" };
