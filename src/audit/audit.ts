import type { AuditFacts } from "./facts.ts";
import { type Finding, type Found, placeText, severities } from "./finding.ts";
import type { FactKind, Rule } from "./rule.ts";
import { isUnread, type Unread } from "./unread.ts";

/** What was not looked at, and for which rules that matters. */
export interface Unchecked {
  /** Such as `history`, or `account of prod`. */
  readonly what: string;
  readonly why: string;
  readonly rules: readonly string[];
}

/** What an audit has seen. */
export interface Audit {
  /** The most urgent first, then by rule and place. */
  readonly findings: readonly Finding[];
  readonly unchecked: readonly Unchecked[];
  /** The rules that everything they need was there for. */
  readonly checked: readonly string[];
}

/** Holds facts against rules. What could not be read is told, and found to be neither right nor wrong. */
export function audit(facts: AuditFacts, rules: readonly Rule[]): Audit {
  const findings: Finding[] = [];
  const unchecked = new Map<string, { what: string; why: string; rules: string[] }>();
  const skip = (rule: Rule, what: string, { unread }: Unread) => {
    const key = `${what}: ${unread}`;
    const entry = unchecked.get(key) ?? { what, why: unread, rules: [] };
    entry.rules.push(rule.id);
    unchecked.set(key, entry);
  };
  for (const rule of rules) {
    for (const { what, found } of runs(facts, rule)) {
      if (isUnread(found)) skip(rule, what, found);
      else findings.push(...found.map((one) => findingOf(rule, one)));
    }
  }
  const missing = [...unchecked.values()];
  const skipped = new Set(missing.flatMap((one) => one.rules));
  return {
    findings: unique(findings).sort(byUrgency),
    unchecked: missing,
    checked: rules.map(({ id }) => id).filter((id) => !skipped.has(id)),
  };
}

interface Run {
  readonly what: string;
  readonly found: readonly Found[] | Unread;
}

function runs(facts: AuditFacts, { checks }: Rule): Run[] {
  const { subject, files, history, advisories, gitHub, accounts } = facts;
  const one = <Facts extends object>(
    kind: FactKind,
    given: Facts | Unread,
    check:
      | ((facts: Facts, subject: AuditFacts["subject"]) => readonly Found[] | Unread)
      | undefined,
  ): Run[] =>
    check === undefined
      ? []
      : [{ what: kindNames[kind], found: isUnread(given) ? given : check(given, subject) }];
  const { account: inAccount } = checks;
  return [
    ...one("files", files, checks.files),
    ...one("history", history, checks.history),
    ...one("advisories", advisories, checks.advisories),
    ...one("gitHub", gitHub, checks.gitHub),
    ...(inAccount === undefined
      ? []
      : accounts.flatMap(({ environment, account }): Run[] => {
          const plan = subject.plans.find((candidate) => candidate.environment === environment);
          if (plan === undefined) return [];
          const found = isUnread(account) ? account : inAccount(account, plan, subject);
          return [{ what: `${kindNames.account} of ${environment}`, found }];
        })),
  ];
}

const kindNames: Readonly<Record<FactKind, string>> = {
  files: "files",
  history: "git history",
  advisories: "known vulnerabilities",
  gitHub: "GitHub",
  account: "account",
};

function findingOf({ id, severity, means, why, source }: Rule, found: Found): Finding {
  const { place, evidence, fix, edits = [] } = found;
  return {
    id,
    severity: found.severity ?? severity,
    means,
    place,
    evidence,
    why,
    fix,
    edits,
    source,
  };
}

/** What two kinds of facts show alike is one finding. */
function unique(findings: readonly Finding[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.id, placeText(finding.place), finding.evidence]);
    if (!known.has(key)) known.set(key, finding);
  }
  return [...known.values()];
}

function byUrgency(one: Finding, other: Finding): number {
  const urgency = severities.indexOf(one.severity) - severities.indexOf(other.severity);
  if (urgency !== 0) return urgency;
  const [first, second] = [keyOf(one), keyOf(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Lines are numbers, so that 9 comes before 10. */
function keyOf({ id, place, evidence }: Finding): string {
  const where =
    "resource" in place
      ? place.resource
      : `${place.file}:${String(place.line ?? 0).padStart(6, "0")}`;
  return `${id} ${where} ${evidence}`;
}
