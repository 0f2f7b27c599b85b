import { PolicyError } from "../policy-error.ts";
import type { ValueComparison } from "./comparison.ts";

/** `BinaryEquals`: the same bytes; both sides are base64. */
export const sameBytes: ValueComparison = (value, { at }) => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value) || withoutPadding(value).length % 4 === 1) {
    throw new PolicyError(at, `"${value}" is not base64.`, "write the bytes in base64");
  }
  const stated = withoutPadding(value);
  return (text) => withoutPadding(text) === stated;
};

function withoutPadding(base64: string): string {
  return base64.replace(/={1,2}$/, "");
}
