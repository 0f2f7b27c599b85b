/** Everybody who may ask for a role, by what they come with: those who are meant, and those who are not. */
import type { TrustCaller, WebIdentity } from "../../src/evaluate/index.ts";
import { branchRef } from "../../src/names.ts";
import type { ServicePlan } from "../../src/plan/index.ts";

export interface Identity {
  readonly says: string;
  /** The names of the roles that it may take on; none for an attacker. */
  readonly takesOn: readonly (string | null)[];
  /** A token is accepted by the provider of the account that it is brought to. */
  readonly in: (accountId: string) => TrustCaller;
}

const issuer = "token.actions.githubusercontent.com";
/** On the branch that is deployed. */
const deployed = ({ deployment }: ServicePlan) => ({ ref: branchRef(deployment.branch) });
const branch = { ref: "refs/heads/feature" };
const pullRequest = { ref: "refs/pull/7/merge" };

/** What GitHub says of a job: the token that its workflow gets. */
export function job(
  says: string,
  subject: string | undefined,
  {
    takesOn = [],
    claims = {},
    audience = "sts.amazonaws.com",
    at = issuer,
    account,
  }: Partial<{
    takesOn: Identity["takesOn"];
    claims: WebIdentity["claims"];
    /** Null where the token has none. */
    audience: string | null;
    at: string;
    account: string;
  }> = {},
): Identity {
  return {
    says,
    takesOn,
    in: (accountId) => ({
      provider: `arn:aws:iam::${account ?? accountId}:oidc-provider/${at}`,
      subject,
      audience: audience ?? undefined,
      claims,
    }),
  };
}

export function principal(says: string, arn: string, takesOn: Identity["takesOn"] = []): Identity {
  const [, , , , accountId = ""] = arn.split(":");
  return { says, takesOn, in: () => ({ arn, accountId }) };
}

const role = (accountId: string, name: string) => `arn:aws:iam::${accountId}:role/${name}`;
const person = (accountId: string, region = "eu-west-1/") =>
  role(accountId, `aws-reserved/sso.amazonaws.com/${region}AWSReservedSSO_Admin_0a1b2c3d4e5f6a7b`);

/** Jobs in the service's own repository, and whom the next account sends to read. */
export function intended(plans: readonly ServicePlan[]): Identity[] {
  return plans.flatMap((plan) => {
    const { service, environment, accountId, deployment } = plan;
    const { repository, deployRole, planRole, previous } = deployment;
    const repo = `repo:${repository}`;
    const before = plans.find(
      (one) => one.service === service && one.environment === previous?.environment,
    );
    const reads = before === undefined ? [] : [before.deployment.releasesRole];
    const who = `of ${service} in ${environment}`;
    return [
      job(`the job that deploys ${who}`, `${repo}:environment:${environment}`, {
        takesOn: [deployRole],
        claims: deployed(plan),
      }),
      ...[deployed(plan), branch, pullRequest].map((claims) =>
        job(
          `the job that plans ${who}, on ${claims.ref}`,
          `${repo}:environment:${environment}-plan`,
          {
            takesOn: [planRole],
            claims,
          },
        ),
      ),
      principal(`the deploy role ${who}`, role(accountId, deployRole), reads),
      principal(`the plan role ${who}`, role(accountId, planRole), reads),
    ];
  });
}

/** Those who come through IAM Identity Center read the releases of every service of the account before. */
export function people(plans: readonly ServicePlan[]): Identity[] {
  const accounts = [...new Set(plans.map(({ accountId }) => accountId))];
  return accounts.flatMap((accountId) => {
    const before = plans.filter(({ deployment }) => deployment.next?.accountId === accountId);
    const reads = before.map(({ deployment }) => deployment.releasesRole);
    return [
      principal(`an administrator of ${accountId}`, person(accountId), reads),
      principal(`an administrator of ${accountId}, of us-east-1`, person(accountId, ""), reads),
    ];
  });
}

/** Jobs that are not meant, each one step beside one that is. */
export function wrongJobs(plan: ServicePlan, environment: string): Identity[] {
  const { repository } = plan.deployment;
  const [owner = "", name = ""] = (repository ?? "").split("/");
  const repo = `repo:${repository}`;
  const subject = `${repo}:environment:${environment}`;
  const in_ = `:environment:${environment}`;
  const claims = deployed(plan);
  const attack = (says: string, sub: string | undefined, more: Parameters<typeof job>[2] = {}) =>
    job(`${says}, ${environment}`, sub, { claims, ...more });
  return [
    attack("a pull request", `${repo}:pull_request`, { claims: pullRequest }),
    attack("a pull request whose workflow is the branch's", `${repo}:pull_request`),
    attack("a fork's pull request", `repo:evil/${name}:pull_request`, { claims: pullRequest }),
    attack("a fork", `repo:evil/${name}${in_}`),
    attack("another repository of the owner", `repo:${owner}/other${in_}`),
    attack("a repository whose name goes on", `repo:${owner}/${name}-evil${in_}`),
    attack("a repository whose name begins before", `repo:${owner}/evil-${name}${in_}`),
    attack("an owner whose name goes on", `repo:${owner}-evil/${name}${in_}`),
    attack("an owner whose name begins before", `repo:evil-${owner}/${name}${in_}`),
    attack("the repository's name in another case", `${subject.toUpperCase()}`),
    attack("the repository in small letters", `repo:${repository?.toLowerCase()}${in_}`),
    attack("a recycled name, with other ids", `repo:${owner}@1/${name}@2${in_}`),
    attack("a job on the branch, in no environment", `${repo}:ref:${claims.ref}`),
    attack("a job on a tag", `${repo}:ref:refs/tags/v1`),
    attack("a branch that is called as an environment", `${repo}:ref:refs/heads/x${in_}`),
    attack("an environment whose name goes on", `${subject}:extra`),
    attack("an environment that is called nearly so", `${subject}x`),
    attack("an environment that is called nearly so, to plan", `${subject}-planx`),
    attack("an environment in another case", `${repo}:environment:${environment.toUpperCase()}`),
    attack("an environment without a name", `${repo}:environment:`),
    attack("an environment that is not ours", `${repo}:environment:staging`),
    attack("a star for the environment", `${repo}:environment:*`),
    attack("a star for everything", "*"),
    attack("an empty subject", ""),
    attack("a line behind the subject", `${subject}\n`),
    attack("a token without a subject", undefined),
    attack("a subject without its first word", `${repository}${in_}`),
    attack("a token for others", subject, { audience: `https://github.com/${owner}` }),
    attack("a token for another part of AWS", subject, { audience: "sts.amazonaws.com.cn" }),
    attack("a token without an audience", subject, { audience: null }),
    attack("another identity provider", subject, { at: "gitlab.com" }),
    attack("GitHub Enterprise's provider", subject, { at: `${issuer}/evil` }),
    attack("a provider that is called nearly so", subject, { at: `${issuer}.evil.com` }),
    attack("a provider of another account", subject, { account: "999999999999" }),
    attack("a token that says nothing", undefined, { audience: null, claims: {} }),
  ];
}

/** Jobs in the right GitHub environment, on a branch that is not deployed. */
export function wrongBranches(plan: ServicePlan): Identity[] {
  const { environment, deployment } = plan;
  const { ref } = deployed(plan);
  const subject = `repo:${deployment.repository}:environment:${environment}`;
  const attack = (says: string, claims: WebIdentity["claims"]) =>
    job(`${says}, ${environment}`, subject, { claims });
  return [
    attack("a job that deploys another branch", branch),
    attack("a job that deploys a pull request", pullRequest),
    attack("a branch that other repositories deploy", {
      ref: branchRef(deployment.branch === "main" ? "trunk" : "main"),
    }),
    attack("a branch whose name goes on", { ref: `${ref}-2` }),
    attack("a branch in another case", { ref: `refs/heads/${deployment.branch.toUpperCase()}` }),
    attack("a tag that is called as the branch", { ref: `refs/tags/${deployment.branch}` }),
    attack("a token that says no branch", {}),
    attack("a token that says the branch elsewhere", { base_ref: ref }),
  ];
}

/** Principals of AWS that are not meant: of other accounts, and other roles of the right one. */
export function wrongPrincipals({ accountId, deployment }: ServicePlan): Identity[] {
  const { deployRole, planRole } = deployment;
  return [
    principal("a role of the same name in a foreign account", role("999999999999", deployRole)),
    principal("an administrator of a foreign account", person("999999999999")),
    principal("the root of a foreign account", "arn:aws:iam::999999999999:root"),
    principal("a user of a foreign account", "arn:aws:iam::999999999999:user/eve"),
    principal(`the root of ${accountId}`, `arn:aws:iam::${accountId}:root`),
    principal(`a user of ${accountId}`, `arn:aws:iam::${accountId}:user/eve`),
    principal(
      `a user that is called as the role, of ${accountId}`,
      `arn:aws:iam::${accountId}:user/${deployRole}`,
    ),
    principal(`a role that nobody named, of ${accountId}`, role(accountId, "admin")),
    principal(`a function's role of ${accountId}`, role(accountId, "bbws-product-list-dev")),
    principal(`a role whose name goes on, of ${accountId}`, role(accountId, `${deployRole}-2`)),
    principal(`a role whose name begins before, of ${accountId}`, role(accountId, `x-${planRole}`)),
    principal(`a role below a path, of ${accountId}`, role(accountId, `x/${deployRole}`)),
    principal(
      `a role that looks like a person's, of ${accountId}`,
      role(accountId, "AWSReservedSSO_Admin_0a1b2c3d4e5f6a7b"),
    ),
  ];
}
