import type { BranchRules } from "../github-facts.ts";

/** @see https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch (2026-11-27) */
interface ActiveRule {
  readonly type: string;
  readonly parameters?: {
    readonly required_approving_review_count?: number;
    readonly require_code_owner_review?: boolean;
    readonly required_status_checks?: readonly { readonly context: string }[];
  };
}

/** @see https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection (2026-11-27) */
interface Protection {
  readonly required_status_checks?: {
    readonly contexts?: readonly string[];
    readonly checks?: readonly { readonly context: string }[];
  } | null;
  readonly required_pull_request_reviews?: {
    readonly required_approving_review_count?: number;
    readonly require_code_owner_reviews?: boolean;
  } | null;
  readonly allow_force_pushes?: { readonly enabled: boolean };
  readonly allow_deletions?: { readonly enabled: boolean };
}

/** What rulesets and branch protection ask for together: of each, whichever asks for more. */
export function branchRulesOf(
  isProtected: boolean,
  rulesets: readonly ActiveRule[],
  protection: Protection | undefined,
): BranchRules {
  const has = (type: string) => rulesets.some((one) => one.type === type);
  const reviews = rulesets.filter(({ type }) => type === "pull_request");
  const older = protection?.required_pull_request_reviews ?? undefined;
  const checks = [
    ...rulesets.flatMap(({ parameters }) => parameters?.required_status_checks ?? []),
    ...(protection?.required_status_checks?.checks ?? []),
  ].map(({ context }) => context);
  return {
    isProtected: isProtected || rulesets.length > 0 || protection !== undefined,
    requiredReviews: Math.max(
      0,
      older?.required_approving_review_count ?? 0,
      ...reviews.map(({ parameters }) => parameters?.required_approving_review_count ?? 0),
    ),
    codeOwnerReview:
      older?.require_code_owner_reviews === true ||
      reviews.some(({ parameters }) => parameters?.require_code_owner_review === true),
    requiredChecks: [
      ...new Set([...checks, ...(protection?.required_status_checks?.contexts ?? [])]),
    ],
    // A protected branch allows neither, unless it says so.
    allowsForcePush: !has("non_fast_forward") && protection?.allow_force_pushes?.enabled !== false,
    allowsDeletion: !has("deletion") && protection?.allow_deletions?.enabled !== false,
  };
}
