import { LambdakitError } from "../errors/index.ts";
import type { Audit } from "./audit.ts";
import { type Finding, lastingPlace, placeText } from "./finding.ts";

/** A finding that somebody has looked at and lets stand, until a day. */
export interface Accepted {
  readonly id: string;
  /** As the audit prints it, with or without its line. */
  readonly place: string;
  readonly reason: string;
  /** The last day, such as `2027-03-31`. */
  readonly expires: string;
}

/** A finding that counts although it was accepted: the day is over. */
export interface ExpiredFinding {
  readonly finding: Finding;
  readonly accepted: Accepted;
}

export interface Judged extends Audit {
  /** What counts: those that nobody has accepted, and those whose day is over. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly { readonly finding: Finding; readonly accepted: Accepted }[];
  readonly expired: readonly ExpiredFinding[];
  /** Entries that no finding fits any more. */
  readonly unused: readonly Accepted[];
}

/**
 * @param file where it lies, for errors
 * @throws {LambdakitError} AUDIT_BASELINE_INVALID
 */
export function readBaseline(text: string, file: string): readonly Accepted[] {
  const refuse = (message: string) =>
    new LambdakitError("AUDIT_BASELINE_INVALID", {
      message: `${file}: ${message}`,
      fix: 'write { "accepted": [{ "id": "…", "place": "…", "reason": "…", "expires": "YYYY-MM-DD" }] }',
      at: file,
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const { accepted } = Object(value);
  if (!Array.isArray(accepted)) throw refuse('it has no list "accepted".');
  return accepted.map((entry: unknown, index): Accepted => {
    const { id, place, reason, expires } = Object(entry);
    for (const [key, one] of Object.entries({ id, place, reason, expires })) {
      if (typeof one === "string" && one.trim() !== "") continue;
      throw refuse(`accepted[${index}] has no ${key}.`);
    }
    if (!isDay(expires))
      throw refuse(`accepted[${index}].expires is "${expires}", which is no day.`);
    return { id, place, reason, expires };
  });
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/**
 * Takes out what was accepted.
 *
 * @param now ISO 8601: an entry holds through its day, in UTC
 */
export function applyBaseline(audit: Audit, baseline: readonly Accepted[], now: string): Judged {
  const today = now.slice(0, 10);
  const used = new Set<Accepted>();
  const [findings, accepted, expired]: [Finding[], Judged["accepted"][number][], ExpiredFinding[]] =
    [[], [], []];
  for (const finding of audit.findings) {
    const entries = baseline.filter((entry) => fits(entry, finding));
    for (const entry of entries) used.add(entry);
    const valid = entries.find(({ expires }) => expires >= today);
    const [first] = entries;
    if (valid !== undefined) accepted.push({ finding, accepted: valid });
    else {
      findings.push(finding);
      if (first !== undefined) expired.push({ finding, accepted: first });
    }
  }
  // An entry of a rule that was not run, or whose facts were not there, may still be needed.
  const checked = new Set(audit.checked);
  const unused = baseline.filter((entry) => !used.has(entry) && checked.has(entry.id));
  return { ...audit, findings, accepted, expired, unused };
}

function fits({ id, place }: Accepted, finding: Finding): boolean {
  if (id !== finding.id) return false;
  return place === placeText(finding.place) || place === lastingPlace(finding.place);
}
