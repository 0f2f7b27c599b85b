import { matchAnyCase, matchArn, matchText, prepareMatcher } from "../match.ts";
import { PolicyError } from "../policy-error.ts";
import { isPlain, parseText } from "../text.ts";
import type { ValueComparison } from "./comparison.ts";

/** `StringEquals`: the same characters. `*` is an ordinary one. */
export const sameText: ValueComparison = (value, reading) =>
  prepareMatcher(parseText(value, { ...reading, wildcards: false }), matchText);

/** `StringEqualsIgnoreCase` */
export const sameTextAnyCase: ValueComparison = (value, reading) =>
  prepareMatcher(parseText(value, { ...reading, wildcards: false }), matchAnyCase);

/** `StringLike`: `*` and `?` are wildcards. */
export const likeText: ValueComparison = (value, reading) =>
  prepareMatcher(parseText(value, { ...reading, wildcards: true }), matchText);

/** `ArnEquals` and `ArnLike`, which are the same: wildcards, each of the six segments for itself. */
export const likeArn: ValueComparison = (value, reading) =>
  prepareMatcher(parseText(value, { ...reading, wildcards: true }), (parts) =>
    matchArn(parts, { openEnds: false }),
  );

/** `Bool` */
export const sameBoolean: ValueComparison = (value, reading) => {
  const parts = parseText(value, { ...reading, wildcards: false });
  if (isPlain(parts) && !/^(true|false)$/i.test(value)) {
    throw new PolicyError(reading.at, `"${value}" is no boolean.`, 'write "true" or "false"');
  }
  return prepareMatcher(parts, matchAnyCase);
};
