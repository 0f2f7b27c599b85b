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
import { outOfOrder } from "./order.ts";
import { type ObjectStore, Releases } from "./releases.ts";

/**
 * An environment with its bucket, aliases and alarms in AWS.
 *
 * @param access @default whoever the environment says
 */
export function openEnvironment(
  { service, environment, region, deployment }: ServicePlan,
  { arn }: Caller,
  access: Access = {},
): ReleaseEnvironment {
  const bucket = new Bucket(deployment.artifactBucket, region, access);
  return {
    ...accountIn(bucket, service, environment, deployment.history),
    traffic: new Aliases(deployment.alias, region, access),
    signals: new Signals(region, access),
    by: arn,
    place: whereItRuns(),
  };
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
  return accountIn(new Bucket(artifactBucket, region, access), service, previous.environment);
}

function accountIn(
  bucket: Bucket,
  service: string,
  environment: ServicePlan["environment"],
  prefix?: string,
): ReleaseAccount {
  const explain = notBootstrapped(environment, bucket.name);
  const store: ObjectStore = {
    name: bucket.name,
    read: (key) => bucket.read(key).catch(explain),
    keys: (prefix) => bucket.keys(prefix).catch(explain),
    putOnce: (key, contents) => bucket.putOnce(key, contents).catch(explain),
    uploadOnce: (key, contents, sha256) => bucket.uploadOnce(key, contents, sha256).catch(explain),
  };
  return {
    environment,
    releases: new Releases(store, service),
    history: new History(store, service, environment, prefix),
  };
}
