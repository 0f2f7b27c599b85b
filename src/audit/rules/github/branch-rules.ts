import type { Found, Severity } from "../../finding.ts";
import type { BranchRules, GitHubFacts } from "../../github-facts.ts";
import type { Rule } from "../../rule.ts";
import { isUnread, type Unread } from "../../unread.ts";

const source =
  "https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches";

/** What the branch that is deployed has to hold. Where nothing protects it, that alone is said. */
export const branchRules: readonly Rule[] = [
  {
    id: "branch-unprotected",
    severity: "high",
    means: "nothing protects the branch that is deployed",
    why: "Whoever may push deploys, without a test and without anybody who has seen it.",
    source,
    checks: {
      gitHub: (facts) =>
        look(facts, ({ isProtected }) => !isProtected, "has no rule", "protect it"),
    },
  },
  rule("branch-without-review", "high", {
    means: "a change reaches the deployed branch that nobody else has seen",
    why: "One stolen laptop is enough to deploy.",
    isWrong: ({ requiredReviews }) => requiredReviews < 1,
    what: "asks for no approving review",
    fix: "require a pull request with 1 approval",
  }),
  rule("branch-without-owners", "low", {
    means: "nobody who is named in CODEOWNERS has to see a change",
    why: "Anybody's review is enough, for what deploys to production too.",
    isWrong: ({ requiredReviews, codeOwnerReview }) => requiredReviews > 0 && !codeOwnerReview,
    what: "asks for no review of a code owner",
    fix: "require review from Code Owners",
  }),
  rule("branch-without-checks", "high", {
    means: "a change reaches the deployed branch whose tests have failed",
    why: "What does not work is deployed all the same.",
    isWrong: ({ requiredChecks }) => requiredChecks.length === 0,
    what: "asks for no status check",
    fix: "require the checks of the pull-request workflow",
  }),
  rule("branch-rewritable", "high", {
    means: "the deployed branch's history can be rewritten or deleted",
    why: "What was deployed, and who has seen it, can be made to be something else afterwards.",
    isWrong: ({ allowsForcePush, allowsDeletion }) => allowsForcePush || allowsDeletion,
    what: "allows force pushes or deletion",
    fix: "allow neither",
  }),
];

function rule(
  id: string,
  severity: Severity,
  {
    means,
    why,
    isWrong,
    what,
    fix,
  }: {
    readonly means: string;
    readonly why: string;
    readonly isWrong: (branch: BranchRules) => boolean;
    readonly what: string;
    readonly fix: string;
  },
): Rule {
  return {
    id,
    severity,
    means,
    why,
    source,
    checks: {
      gitHub: (facts) => look(facts, (branch) => branch.isProtected && isWrong(branch), what, fix),
    },
  };
}

function look(
  { rules, url, branch }: GitHubFacts,
  isWrong: (rules: BranchRules) => boolean,
  what: string,
  fix: string,
): readonly Found[] | Unread {
  if (isUnread(rules) || !isWrong(rules)) return isUnread(rules) ? rules : [];
  const place = { resource: `${url}/tree/${branch}` };
  return [{ place, evidence: `${branch} ${what}`, fix: `${fix}: ${url}/settings/rules` }];
}
