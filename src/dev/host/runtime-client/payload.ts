import { stringify } from "./intrinsics.ts";

/** An answer that is sent as it is: what a streaming handler has written. */
export class RawPayload {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** @throws {Error} where JSON has no form for it: a cycle, a BigInt */
export function payloadOf(result: unknown): string {
  if (result instanceof RawPayload) return result.text;
  try {
    return stringify(result === undefined ? null : result) ?? "null";
  } catch {
    throw new Error("Unable to stringify response body");
  }
}
