/** How urgent a finding is, the most urgent first. */
export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** Where something is wrong: a line of a file, or whatever an ARN or a URL leads to. */
export type Place =
  | { readonly file: string; readonly line: number | null }
  | { readonly resource: string };

/** Lines of a file that are replaced by others. A file that is not there has none to replace. */
export interface Edit {
  readonly file: string;
  /** The first of them, counted from 1. */
  readonly line: number;
  /** How many; 0 where lines are put in before it. */
  readonly removed: number;
  readonly inserted: readonly string[];
}

/** What a rule says of one place. */
export interface Found {
  readonly place: Place;
  /** What was seen there. Never a secret. */
  readonly evidence: string;
  /** What ends it: a command, or an edit in words. */
  readonly fix: string;
  /** The edit itself, where it is safe: it changes nothing that works, and needs no decision. */
  readonly edits?: readonly Edit[];
  /** @default that of the rule */
  readonly severity?: Severity;
}

/** Something that is wrong, as data. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** What the rule is about, in one line. */
  readonly means: string;
  readonly place: Place;
  readonly evidence: string;
  readonly why: string;
  readonly fix: string;
  readonly edits: readonly Edit[];
  /** Who says so: a URL. */
  readonly source: string;
}

/** `src/get.ts:4`, or the ARN or URL. */
export function placeText(place: Place): string {
  if ("resource" in place) return place.resource;
  return place.line === null ? place.file : `${place.file}:${place.line}`;
}

/** The place without what moves when a file is edited above it. */
export function lastingPlace(place: Place): string {
  return "resource" in place ? place.resource : place.file;
}
