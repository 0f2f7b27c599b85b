/**
 * Who could get in: what is wrong with a service's repository, its plans, its Terraform, GitHub's settings and its
 * accounts.
 *
 * Takes facts, which it can gather itself; gives findings, each with its place, its reason, its fix and who says so,
 * as data, as SARIF, or as a diff of those fixes that are safe. Its one rule: a rule looks at facts and at nothing else,
 * and what could not be read is told as not checked, never as right.
 */
export type { AccountFacts, WholeAccount } from "./account-facts.ts";
export { type Audit, audit, type Unchecked } from "./audit.ts";
export {
  type Accepted,
  applyBaseline,
  type ExpiredFinding,
  type Judged,
  readBaseline,
} from "./baseline.ts";
export type {
  AdvisoryFacts,
  AuditFacts,
  FileFacts,
  HistoryFacts,
  Subject,
} from "./facts.ts";
export { type Finding, placeText, type Severity, severities } from "./finding.ts";
export { unifiedDiff } from "./fix/unified-diff.ts";
export { gatherAccount } from "./gather/account.ts";
export { gatherAdvisories, readAdvisories } from "./gather/advisories.ts";
export { gatherFiles } from "./gather/files.ts";
export { gatherGitHub } from "./gather/github.ts";
export { gatherHistory } from "./gather/history.ts";
export type { GitHubFacts } from "./github-facts.ts";
export { sarif } from "./report/sarif.ts";
export type { FactKind, Rule } from "./rule.ts";
export { rules } from "./rules.ts";
export type { Unread } from "./unread.ts";
