import type { ServicePlan } from "../../../plan/index.ts";
import type { Subject } from "../../facts.ts";
import type { Found, Severity } from "../../finding.ts";
import type { GitHubEnvironment, GitHubFacts } from "../../github-facts.ts";
import type { Rule } from "../../rule.ts";
import { isUnread, type Unread } from "../../unread.ts";

const source =
  "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments";

/** What GitHub's environments have to hold that the roles of the service trust by their names. */
export const environmentRules: readonly Rule[] = [
  rule("environment-missing", "high", {
    means: "GitHub has no environment of that name",
    why: "GitHub makes it at the first run, with no reviewer and for every branch.",
    isWrong: (_, environment) => environment === undefined,
    what: "there is none",
    fix: "make it",
  }),
  rule("environment-without-reviewers", "high", {
    means: "nobody has to agree before sit or prod is changed",
    why: "Whoever may start a workflow deploys to production.",
    // What dev needs is asked of the branch.
    isWrong: (name, environment) => name !== "dev" && environment?.reviewers === 0,
    what: "has no required reviewer",
    fix: "add required reviewers",
  }),
  rule("environment-self-review", "medium", {
    means: "who starts a deployment to prod may agree to it",
    why: "One person, or whoever has taken over their account, is enough.",
    isWrong: (name, environment) =>
      name === "prod" &&
      environment !== undefined &&
      environment.reviewers > 0 &&
      !environment.preventsSelfReview,
    what: "lets who starts it approve it",
    fix: "prevent self-review",
  }),
  rule("environment-any-branch", "high", {
    means: "a job of any branch may use an environment",
    why: "A branch that nobody has reviewed gets what the environment gives.",
    isWrong: (_, environment) => environment?.restrictsBranches === false,
    what: "lets in every branch",
    fix: "let in the deployed branch only",
  }),
];

function rule(
  id: string,
  severity: Severity,
  {
    means,
    why,
    ...wrong
  }: {
    readonly means: string;
    readonly why: string;
    readonly isWrong: (name: string, environment: GitHubEnvironment | undefined) => boolean;
    readonly what: string;
    readonly fix: string;
  },
): Rule {
  const gitHub = (facts: GitHubFacts, { plans }: Subject) => look(facts, plans, wrong);
  return { id, severity, means, why, source, checks: { gitHub } };
}

function look(
  { environments, url }: GitHubFacts,
  plans: readonly ServicePlan[],
  wrong: {
    readonly isWrong: (name: string, environment: GitHubEnvironment | undefined) => boolean;
    readonly what: string;
    readonly fix: string;
  },
): readonly Found[] | Unread {
  if (isUnread(environments)) return environments;
  return plans
    .filter(({ deployment }) => deployment.repository !== null)
    .map(({ environment }) => environment)
    .filter((name) =>
      wrong.isWrong(
        name,
        environments.find((one) => one.name === name),
      ),
    )
    .map((name) => ({
      place: { resource: `${url}/settings/environments` },
      evidence: `${name}: ${wrong.what}`,
      fix: `${wrong.fix}: ${url}/settings/environments`,
    }));
}
