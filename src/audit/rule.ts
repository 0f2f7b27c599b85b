import type { ServicePlan } from "../plan/index.ts";
import type { AccountFacts } from "./account-facts.ts";
import type { AdvisoryFacts, FileFacts, HistoryFacts, Subject } from "./facts.ts";
import type { Found, Severity } from "./finding.ts";
import type { GitHubFacts } from "./github-facts.ts";
import type { Unread } from "./unread.ts";

/** What a rule is held against: a check for each kind of facts that it needs. */
export interface Checks {
  readonly files?: (facts: FileFacts, subject: Subject) => readonly Found[];
  readonly history?: (facts: HistoryFacts, subject: Subject) => readonly Found[];
  readonly advisories?: (facts: AdvisoryFacts, subject: Subject) => readonly Found[];
  /** Unread where the token could not see what it needs. */
  readonly gitHub?: (facts: GitHubFacts, subject: Subject) => readonly Found[] | Unread;
  /** Of one environment, with its plan. Unread where AWS did not let anybody look at what it needs. */
  readonly account?: (
    facts: AccountFacts,
    plan: ServicePlan,
    subject: Subject,
  ) => readonly Found[] | Unread;
}

export type FactKind = keyof Checks;

/** One thing that may be wrong. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, in one line. */
  readonly means: string;
  /** What comes of it, for whoever has to decide. */
  readonly why: string;
  /** Who says so. */
  readonly source: string;
  readonly checks: Checks;
}
