import {
  branchRef,
  deploymentPrefix,
  gitHubSubject,
  originalTableName,
  planningEnvironment,
  releasePrefix,
  restoredTableNames,
} from "../names.ts";
import type { ServicePlan } from "../plan/index.ts";

/** The variables of `terraform/stacks/account`, which is applied once for each account and region. */
export interface AccountVariables {
  readonly account_id: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly name_prefix: string;
  readonly state_bucket: string;
  readonly artifact_bucket: string;
  readonly alarm_key: string;
  readonly function_boundary_name: string;
  /** Who may do what, by the names of service and environment: `product-dev`. */
  readonly services: Readonly<Record<string, DeployedService>>;
}

export interface DeployedService {
  readonly environment: string;
  /** How the names of its resources begin. */
  readonly resource_prefix: string;
  /** Tables need not be named so; after a restore they have names of a form, with `?` for each digit of a time. */
  readonly table_names: readonly string[];
  readonly state_key: string;
  /** Where its releases and this environment's history lie in the artifact bucket. */
  readonly releases: string;
  readonly deployments: string;
  /** What the releases of the environment before are read as; null where they are built. */
  readonly previous_releases_role_arn: string | null;
  /** Whom of GitHub's workflows the roles trust; null where none are trusted. */
  readonly github: GitHubTrust | null;
  /** What the releases of this environment are read as; null where there is none behind. */
  readonly releases_role: ReleasesRole | null;
}

/** The roles of workflows, and whom each trusts: subjects to the letter, and nothing alike. */
export interface GitHubTrust {
  readonly deploy_role: string;
  readonly deploy_subject: string;
  readonly deploy_ref: string;
  readonly plan_role: string;
  readonly plan_subject: string;
}

export interface ReleasesRole {
  readonly name: string;
  /** The next environment's account, and the roles of its workflows there. */
  readonly account_id: string;
  readonly role_arns: readonly string[];
}

/** What the account has to have before the service can be deployed to it. */
export function accountVariables(plan: ServicePlan): AccountVariables {
  const { deployment, service, environment } = plan;
  return {
    account_id: plan.accountId,
    region: plan.region,
    tags: plan.tags,
    name_prefix: deployment.prefix,
    state_bucket: deployment.stateBucket,
    artifact_bucket: deployment.artifactBucket,
    alarm_key: deployment.alarmKey,
    function_boundary_name: deployment.permissionsBoundary.name,
    services: {
      // Two environments may be one account.
      [`${service}-${environment}`]: {
        environment,
        resource_prefix: deployment.resourcePrefix,
        table_names: plan.tables.flatMap(({ existing, name }) =>
          existing ? [] : [originalTableName(name), restoredTableNames(name)],
        ),
        state_key: deployment.stateKey,
        releases: releasePrefix(service),
        deployments: deploymentPrefix(service, environment),
        previous_releases_role_arn: deployment.previous?.releasesRoleArn ?? null,
        github: gitHubTrust(plan),
        releases_role: releasesRole(plan),
      },
    },
  };
}

function gitHubTrust({ deployment, environment }: ServicePlan): GitHubTrust | null {
  const { repository, branch, deployRole, planRole } = deployment;
  if (repository === null) return null;
  return {
    deploy_role: deployRole,
    deploy_subject: gitHubSubject(repository, environment),
    deploy_ref: branchRef(branch),
    plan_role: planRole,
    plan_subject: gitHubSubject(repository, planningEnvironment(environment)),
  };
}

function releasesRole({ deployment }: ServicePlan): ReleasesRole | null {
  const { releasesRole: name, next, repository } = deployment;
  if (name === null || next === null) return null;
  return {
    name,
    account_id: next.accountId,
    // Without a repository the next account has no such roles, and only people read.
    role_arns: repository === null ? [] : [next.deployRoleArn, next.planRoleArn],
  };
}
