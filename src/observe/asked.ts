import { type ErrorCode, LambdakitError } from "../errors/index.ts";

/** What could not be read, and why. */
export interface Unread {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fix: string;
  readonly exitCode: number;
}

/** Something that was asked of AWS: what it said, or why it said nothing. */
export type Asked<Value> = { readonly known: Value } | { readonly unread: Unread };

/** Waits for an answer. What was not foreseen is a bug, and is thrown. */
export async function asked<Value>(answer: Promise<Value>): Promise<Asked<Value>> {
  try {
    return { known: await answer };
  } catch (error) {
    if (!(error instanceof LambdakitError)) throw error;
    const { code, message, fix, exitCode } = error;
    return { unread: { code, message, fix, exitCode } };
  }
}
