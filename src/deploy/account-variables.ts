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
  /** Who may deploy what, by the service's name. */
  readonly services: Readonly<Record<string, DeployedService>>;
}

export interface DeployedService {
  readonly deploy_role: string;
  /** The GitHub repository and environment that are trusted. */
  readonly repository: string;
  readonly environment: string;
  /** How the names of its resources begin. */
  readonly resource_prefix: string;
  /** Tables need not be named so. */
  readonly table_names: readonly string[];
  readonly state_key: string;
}

/** What the account has to have before the service can be deployed to it. */
export function accountVariables(plan: ServicePlan): AccountVariables {
  const { deployment, service, environment } = plan;
  const { repository } = deployment;
  return {
    account_id: plan.accountId,
    region: plan.region,
    tags: plan.tags,
    name_prefix: deployment.prefix,
    state_bucket: deployment.stateBucket,
    artifact_bucket: deployment.artifactBucket,
    alarm_key: deployment.alarmKey,
    function_boundary_name: deployment.permissionsBoundary.name,
    services:
      repository === null
        ? {}
        : {
            [service]: {
              deploy_role: deployment.deployRole,
              repository,
              environment,
              resource_prefix: deployment.resourcePrefix,
              table_names: plan.tables.filter(({ existing }) => !existing).map(({ name }) => name),
              state_key: deployment.stateKey,
            },
          },
  };
}
