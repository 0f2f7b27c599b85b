import type { ServicePlan } from "../../../plan/index.ts";
import type { GitHubFacts } from "../../github-facts.ts";
import type { Rule } from "../../rule.ts";

const source =
  "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments";

/** Where nobody has to agree, whoever may merge deploys to production. What dev needs is asked of the branch. */
const guarded: readonly string[] = ["sit", "prod"];

export const environmentMissing: Rule = {
  id: "environment-missing",
  severity: "high",
  means: "GitHub has no environment of that name",
  why: "GitHub makes it at the first run, with no reviewer and for every branch.",
  source,
  checks: {
    gitHub: (facts, { plans }) =>
      deployed(plans)
        .filter((name) => !facts.environments.some((one) => one.name === name))
        .map((name) => found(facts, name, "there is none", `make ${name}`)),
  },
};

export const environmentWithoutReviewers: Rule = {
  id: "environment-without-reviewers",
  severity: "high",
  means: "nobody has to agree before sit or prod is changed",
  why: "Whoever may start a workflow deploys to production.",
  source,
  checks: {
    gitHub: (facts, { plans }) =>
      existing(facts, plans)
        .filter(({ name, reviewers }) => guarded.includes(name) && reviewers === 0)
        .map(({ name }) =>
          found(facts, name, "has no required reviewer", "add required reviewers"),
        ),
  },
};

export const environmentSelfReview: Rule = {
  id: "environment-self-review",
  severity: "medium",
  means: "who starts a deployment to prod may agree to it",
  why: "One person, or whoever has taken over their account, is enough.",
  source,
  checks: {
    gitHub: (facts, { plans }) =>
      existing(facts, plans)
        .filter(
          ({ name, reviewers, preventsSelfReview }) =>
            name === "prod" && reviewers > 0 && !preventsSelfReview,
        )
        .map(({ name }) =>
          found(facts, name, "lets who starts it approve it", "prevent self-review"),
        ),
  },
};

export const environmentAnyBranch: Rule = {
  id: "environment-any-branch",
  severity: "high",
  means: "a job of any branch may use an environment",
  why: "A branch that nobody has reviewed gets what the environment gives.",
  source,
  checks: {
    gitHub: (facts, { plans }) =>
      existing(facts, plans)
        .filter(({ restrictsBranches }) => !restrictsBranches)
        .map(({ name }) =>
          found(facts, name, "lets in every branch", `let in ${facts.branch.name} only`),
        ),
  },
};

/** Its roles trust the environments of these names. */
function deployed(plans: readonly ServicePlan[]): string[] {
  return plans
    .filter(({ deployment }) => deployment.repository !== null)
    .map(({ environment }) => environment);
}

function existing({ environments }: GitHubFacts, plans: readonly ServicePlan[]) {
  return environments.filter(({ name }) => deployed(plans).some((one) => one === name));
}

function found({ url }: GitHubFacts, name: string, what: string, fix: string) {
  const place = { resource: `${url}/settings/environments` };
  return { place, evidence: `${name}: ${what}`, fix: `${fix}: ${url}/settings/environments` };
}
