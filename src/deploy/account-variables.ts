import {
  branchRef,
  bucketNames,
  deploymentPrefix,
  gitHubSubject,
  originalTableName,
  planningEnvironment,
  releasePrefix,
  restoredTableNames,
  standbyName,
  stateKey,
} from "../names.ts";
import type { BackupsPlan, ServicePlan } from "../plan/index.ts";

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
  /** Where and as whom its tables are backed up; null where it has none of its own. */
  readonly backups: AccountBackups | null;
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
  /** Where it stands by, which is deployed to as well; null where it does nowhere. */
  readonly standby: StandbyPlace | null;
  /** The name that moves there; null where it has none. */
  readonly domain: { readonly name: string; readonly zone_id: string } | null;
}

/** What is copied from the buckets of the account's region lies in these. */
export interface StandbyPlace {
  readonly region: string;
  readonly state_bucket: string;
  readonly state_key: string;
  readonly artifact_bucket: string;
  readonly deployments: string;
}

/** The variables of `terraform/stacks/recovery-region`: of the region that takes over, for all its services. */
export interface RecoveryRegionVariables
  extends Omit<AccountVariables, "function_boundary_name" | "services"> {
  /** Where backups are copied to, by the names of the vaults. */
  readonly backup_vaults: Readonly<Record<string, VaultLock>>;
}

/** Whether nobody deletes a backup before its time, and for how many days the shortest is kept. */
export interface VaultLock {
  readonly locked: boolean;
  readonly shortest_days: number;
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

/** What no deployment may change: where backups are, and what may be done with tables for them. */
export interface AccountBackups extends VaultLock {
  readonly vault: string;
  readonly role: string;
  /** In which region there is a vault of the same name for copies; null where there is none. */
  readonly copy_region: string | null;
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
        backups: accountBackups(plan),
        state_key: deployment.stateKey,
        releases: releasePrefix(service),
        deployments: deploymentPrefix(service, environment),
        previous_releases_role_arn: deployment.previous?.releasesRoleArn ?? null,
        github: gitHubTrust(plan),
        releases_role: releasesRole(plan),
        standby: standbyPlace(plan),
        domain: domainOf(plan),
      },
    },
  };
}

/** What the region has to have that takes over; null where none does. */
export function recoveryRegionVariables(plan: ServicePlan): RecoveryRegionVariables | null {
  const standby = standbyPlace(plan);
  if (standby === null) return null;
  return {
    account_id: plan.accountId,
    region: standby.region,
    tags: plan.tags,
    name_prefix: plan.deployment.prefix,
    state_bucket: standby.state_bucket,
    artifact_bucket: standby.artifact_bucket,
    alarm_key: plan.deployment.alarmKey,
    backup_vaults: copyVaults(plan.recovery),
  };
}

function copyVaults({ backups }: ServicePlan["recovery"]): Record<string, VaultLock> {
  return backups?.copyTo ? { [backups.copyTo.vault]: vaultLock(backups) } : {};
}

function vaultLock({ locked, recentDays, retentionDays }: BackupsPlan): VaultLock {
  return { locked, shortest_days: Math.min(recentDays, retentionDays) };
}

function standbyPlace(plan: ServicePlan): StandbyPlace | null {
  const { standby } = plan.recovery;
  if (standby === null) return null;
  const { accountId, service, environment, deployment } = plan;
  const { region } = standby;
  const place = standbyName(environment);
  const { stateBucket, artifactBucket } = bucketNames(deployment.prefix, accountId, region);
  return {
    region,
    state_bucket: stateBucket,
    state_key: stateKey(service, place),
    artifact_bucket: artifactBucket,
    deployments: deploymentPrefix(service, place),
  };
}

function domainOf({ recovery }: ServicePlan): DeployedService["domain"] {
  const domain = recovery.standby?.domain ?? null;
  return domain && { name: domain.name, zone_id: domain.zoneId };
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

function accountBackups({ recovery: { backups } }: ServicePlan): AccountBackups | null {
  if (backups === null) return null;
  const { vault, role, copyTo } = backups;
  return { vault, role, copy_region: copyTo?.region ?? null, ...vaultLock(backups) };
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
