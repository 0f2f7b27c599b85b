import {
  type Access,
  Aliases,
  Bucket,
  type Caller,
  notBootstrapped,
  Signals,
  takeOnRole,
} from "../aws/index.ts";
import type { EnvironmentName, ServicePlan } from "../plan/index.ts";
import { whereItRuns } from "../system/index.ts";
import type { ReleaseAccount, ReleaseEnvironment } from "./environment.ts";
import { History } from "./history/history.ts";
import type { ObjectStore } from "./object-store.ts";
import { outOfOrder } from "./order.ts";
import { Releases } from "./releases.ts";
import { TableNames } from "./table-names.ts";
import { TableRecords } from "./table-records.ts";

/**
 * An environment with its bucket, aliases and alarms in AWS.
 *
 * @param access @default whoever the environment says
 */
export function openEnvironment(
  plan: ServicePlan,
  { arn }: Caller,
  access: Access = {},
): ReleaseEnvironment {
  const { service, environment, region, deployment } = plan;
  const store = openStore(plan, access);
  const tables = new TableNames(store, service, environment);
  return {
    environment,
    releases: new Releases(store, service, { [environment]: tables }),
    history: new History(store, service, environment, deployment.history),
    tables,
    tableRecords: new TableRecords(store, service, environment),
    traffic: new Aliases(deployment.alias, region, access),
    signals: new Signals(region, access),
    by: arn,
    place: whereItRuns(),
  };
}

/** Where an environment's records lie. @param access @default whoever the environment says */
export function openStore(
  { environment, region, deployment }: ServicePlan,
  access: Access = {},
): ObjectStore {
  return storeIn(new Bucket(deployment.artifactBucket, region, access), environment);
}

/** Which tables a service has in an environment. @param access @default whoever the environment says */
export function openTables(plan: ServicePlan, access: Access = {}): TableNames {
  return new TableNames(openStore(plan, access), plan.service, plan.environment);
}

/**
 * The environment that releases come from, read as the role that is there for this.
 *
 * @param from the one that is asked for, which may be no other
 * @throws {LambdakitError} RELEASE_ORDER; or as `awsError` says
 */
export async function openPrevious(
  { service, environment, deployment }: ServicePlan,
  { accountId }: Caller,
  from: EnvironmentName,
): Promise<ReleaseAccount> {
  const { previous } = deployment;
  if (previous === null || previous.environment !== from) throw outOfOrder(from, environment);
  const { region, artifactBucket, releasesRoleArn } = previous;
  const access =
    accountId === previous.accountId
      ? {}
      : {
          credentials: await takeOnRole(
            releasesRoleArn,
            region,
            `promote-${service}-to-${environment}`,
          ),
        };
  const store = storeIn(new Bucket(artifactBucket, region, access), previous.environment);
  return {
    environment: previous.environment,
    releases: new Releases(store, service),
    history: new History(store, service, previous.environment),
  };
}

function storeIn(bucket: Bucket, environment: EnvironmentName): ObjectStore {
  const explain = notBootstrapped(environment, bucket.name);
  return {
    name: bucket.name,
    read: (key) => bucket.read(key).catch(explain),
    keys: (prefix) => bucket.keys(prefix).catch(explain),
    putOnce: (key, contents) => bucket.putOnce(key, contents).catch(explain),
    uploadOnce: (key, contents, sha256) => bucket.uploadOnce(key, contents, sha256).catch(explain),
  };
}
