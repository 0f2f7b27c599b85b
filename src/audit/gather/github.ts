import type {
  BranchRules,
  DependabotAlert,
  GitHubEnvironment,
  GitHubFacts,
} from "../github-facts.ts";
import { isUnread, type Unread } from "../unread.ts";
import { branchRulesOf } from "./branch-rules-of.ts";
import { askGitHub, type GitHubAccess } from "./github-api.ts";

/**
 * Reads what GitHub says of a repository. Each part that the token may not see is unread, with what it would need.
 *
 * @param repository such as `acme/shop`
 * @param branch that is deployed
 * @see https://docs.github.com/en/rest (2026-11-27)
 */
export async function gatherGitHub(
  access: GitHubAccess,
  repository: string,
  branch: string,
): Promise<GitHubFacts | Unread> {
  const path = `/repos/${repository}`;
  const ask = (rest: string) => askGitHub(access, path + rest);
  try {
    const about = await ask("");
    if (about.status !== 200) return { unread: `GitHub answers ${about.status} for ${repository}` };
    const { html_url: url, visibility, security_and_analysis: analysis } = Object(about.body);
    const read = <Value>(rest: string, permission: string, of: (body: never) => Value) =>
      part(ask(rest), permission, of);
    const [
      rules,
      environments,
      allowedActions,
      jobToken,
      secrets,
      alerts,
      openAlerts,
      openSecrets,
    ] = await Promise.all([
      readRules(ask, branch),
      read("/environments?per_page=100", "Actions: read", environmentsOf),
      read("/actions/permissions", "Administration: read", (body) =>
        Object(body).enabled === false ? "none" : Object(body).allowed_actions,
      ),
      read("/actions/permissions/workflow", "Administration: read", (body) => ({
        mayWrite: Object(body).default_workflow_permissions === "write",
        mayApprove: Object(body).can_approve_pull_request_reviews === true,
      })),
      read("/actions/secrets?per_page=100", "Secrets: read", (body) =>
        [...Object(body).secrets].map(({ name }: { name: string }) => name),
      ),
      ask("/vulnerability-alerts"),
      read("/dependabot/alerts?state=open&per_page=100", "Dependabot alerts: read", alertsOf),
      read(
        "/secret-scanning/alerts?state=open&per_page=100",
        "Secret scanning alerts: read",
        secretsOf,
      ),
    ]);
    return {
      repository,
      url,
      visibility,
      branch,
      rules,
      environments,
      allowedActions,
      jobToken,
      secrets,
      scanning: scanningOf(analysis),
      alertsOn: alertsOn(alerts.status),
      openAlerts,
      openSecrets,
    };
  } catch (error) {
    return { unread: `GitHub cannot be reached at ${access.url}: ${(error as Error).message}` };
  }
}

type Ask = (rest: string) => ReturnType<typeof askGitHub>;

async function part<Value>(
  asked: ReturnType<Ask>,
  permission: string,
  of: (body: never) => Value,
): Promise<Value | Unread> {
  const { status, body } = await asked;
  if (status === 200) return of(body as never);
  const { message = "" } = Object(body);
  return {
    unread: `GitHub answers ${status}${message === "" ? "" : ` ${message}`}; the token needs ${permission}`,
  };
}

/** Both ways to protect a branch. The older one is seen by administrators only. */
async function readRules(ask: Ask, branch: string): Promise<BranchRules | Unread> {
  const name = encodeURIComponent(branch);
  const [about, rulesets, protection] = await Promise.all([
    ask(`/branches/${name}`),
    part(ask(`/rules/branches/${name}?per_page=100`), "Metadata: read", (body) => body as unknown),
    ask(`/branches/${name}/protection`),
  ]);
  if (about.status !== 200)
    return { unread: `GitHub answers ${about.status} for the branch ${branch}` };
  if (isUnread(Object(rulesets))) return rulesets as Unread;
  const isSeen = protection.status === 200 || protection.status === 404;
  const rules = branchRulesOf(
    Object(about.body).protected === true,
    rulesets as never,
    protection.status === 200 ? (protection.body as never) : undefined,
  );
  // What the rulesets ask for is enough, or there is more that cannot be seen.
  if (isSeen || !rules.isProtected || isWhole(rules)) return rules;
  return {
    unread: `GitHub answers ${protection.status} for its protection; the token needs Administration: read`,
  };
}

function isWhole(rules: BranchRules): boolean {
  const { requiredReviews, codeOwnerReview, requiredChecks, allowsForcePush, allowsDeletion } =
    rules;
  const isReviewed = requiredReviews > 0 && codeOwnerReview;
  return isReviewed && requiredChecks.length > 0 && !allowsForcePush && !allowsDeletion;
}

/** @see https://docs.github.com/en/rest/deployments/environments#list-environments (2026-11-27) */
function environmentsOf(body: {
  readonly environments?: readonly {
    readonly name: string;
    readonly protection_rules?: readonly {
      readonly type: string;
      readonly prevent_self_review?: boolean;
      readonly reviewers?: readonly unknown[];
    }[];
    readonly deployment_branch_policy?: object | null;
  }[];
}): GitHubEnvironment[] {
  return (body.environments ?? []).map(
    ({ name, protection_rules = [], deployment_branch_policy }) => {
      const review = protection_rules.find(({ type }) => type === "required_reviewers");
      return {
        name,
        reviewers: review?.reviewers?.length ?? 0,
        preventsSelfReview: review?.prevent_self_review === true,
        restrictsBranches: (deployment_branch_policy ?? null) !== null,
      };
    },
  );
}

/** @see https://docs.github.com/en/rest/dependabot/alerts#list-dependabot-alerts-for-a-repository (2026-11-27) */
function alertsOf(
  body: readonly {
    readonly number: number;
    readonly html_url: string;
    readonly dependency: { readonly package: { readonly name: string } };
    readonly security_advisory: {
      readonly summary: string;
      readonly severity: DependabotAlert["severity"];
    };
  }[],
): DependabotAlert[] {
  return body.map(({ number, html_url: url, dependency, security_advisory: advisory }) => {
    const { summary, severity } = advisory;
    return { number, url, package: dependency.package.name, severity, summary };
  });
}

/** @see https://docs.github.com/en/rest/secret-scanning/secret-scanning (2026-11-27) */
function secretsOf(
  body: readonly { readonly html_url: string; readonly secret_type_display_name: string }[],
) {
  return body.map(({ html_url: url, secret_type_display_name: kind }) => ({ url, kind }));
}

/** GitHub shows it to those who may change it. */
function scanningOf(analysis: unknown): GitHubFacts["scanning"] {
  if (analysis === undefined || analysis === null) {
    return {
      unread: "GitHub shows it to administrators only; the token needs Administration: read",
    };
  }
  const { secret_scanning: scanning, secret_scanning_push_protection: protection } =
    Object(analysis);
  return {
    findsSecrets: Object(scanning).status === "enabled",
    refusesPushes: Object(protection).status === "enabled",
  };
}

/** @see https://docs.github.com/en/rest/repos/repos#check-if-vulnerability-alerts-are-enabled-for-a-repository (2026-11-27) */
function alertsOn(status: number): GitHubFacts["alertsOn"] {
  if (status === 204) return { isOn: true };
  if (status === 404) return { isOn: false };
  return { unread: `GitHub answers ${status}; the token needs Administration: read` };
}
