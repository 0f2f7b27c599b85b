import { type ErrorCode, errorCodes } from "./catalogue.ts";
import type { Problem } from "./problem.ts";

/** What a {@link LambdakitError} says besides its code. */
export interface Cause {
  /** What happened, with the real values. */
  readonly message: string;
  /** What to type next; a command or an edit. */
  readonly fix: string;
  /** The file, option or address where it happened. */
  readonly at?: string;
  /** With `MANIFEST_INVALID` and `PACKAGE_REFUSED`: everything that is wrong. */
  readonly problems?: readonly Problem[];
  readonly cause?: unknown;
}

/** An operation that could not be done. It ends a command, with its own exit code. */
export class LambdakitError extends Error {
  override readonly name = "LambdakitError";
  readonly code: ErrorCode;
  readonly fix: string;
  readonly at: string | undefined;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, { message, fix, at, problems = [], cause }: Cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.fix = fix;
    this.at = at;
    this.problems = problems;
  }

  get exitCode(): number {
    return errorCodes[this.code];
  }
}
