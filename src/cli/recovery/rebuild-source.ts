import path from "node:path";
import { Bucket } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { releasePrefix } from "../../names.ts";
import { type EnvironmentName, type ServicePlan, standbyPlan } from "../../plan/index.ts";
import type { ReleaseSource } from "../../recover/index.ts";
import {
  before,
  History,
  type ObjectStore,
  openPrevious,
  openStore,
  Releases,
  TableNames,
} from "../../release/index.ts";
import type { Target } from "../deployment/target.ts";
import { folderStore } from "./folder-store.ts";

/**
 * Where the bytes of the release still are: where `--from` says, else in the region that stands by, else in the
 * environment before.
 *
 * @throws {LambdakitError} REBUILD_NO_SOURCE, RELEASE_ORDER, RECOVERY_NO_STANDBY, or as `awsError` says
 */
export async function openSource(
  from: string | undefined,
  { service, plan, caller }: Pick<Target, "service" | "plan" | "caller">,
): Promise<ReleaseSource> {
  const { environment } = plan;
  const standby = standbyPlan(service.manifest, environment);
  if (from === undefined) {
    if (standby !== null && (await hasBucket(standby))) return standbySource(standby);
    const previous = before(environment);
    if (previous === undefined) throw noSource(environment);
    return openBefore(plan, caller, previous);
  }
  if (from === "standby") {
    if (standby !== null) return standbySource(standby);
    throw noSource(environment, `${environment} has no recoveryRegion. `);
  }
  const name = environmentNames.find((one) => one === from);
  if (name !== undefined) return openBefore(plan, caller, name);
  const store = folderStore(from);
  if ((await store.keys(releasePrefix(plan.service))).length === 0) {
    throw noSource(environment, `${path.resolve(from)} has no release of ${plan.service}. `);
  }
  return copySource(from, store, plan, []);
}

async function openBefore(
  plan: ServicePlan,
  caller: Target["caller"],
  name: EnvironmentName,
): Promise<ReleaseSource> {
  return { kind: "before", name, account: await openPrevious(plan, caller, name) };
}

function hasBucket({ deployment, region }: ServicePlan): Promise<boolean> {
  return new Bucket(deployment.artifactBucket, region).exists();
}

function standbySource(standby: ServicePlan): ReleaseSource {
  return copySource(standby.region, openStore(standby), standby, [standby.deployment.history]);
}

/** What was live in the environment counts more than what stood by. */
function copySource(
  name: string,
  store: ObjectStore,
  { service, environment }: ServicePlan,
  others: readonly string[],
): ReleaseSource {
  return {
    kind: "copy",
    name,
    releases: new Releases(store, service),
    histories: [undefined, ...others].map(
      (prefix) => new History(store, service, environment, prefix),
    ),
    tables: new TableNames(store, service, environment),
  };
}

function noSource(environment: EnvironmentName, why = ""): LambdakitError {
  return new LambdakitError("REBUILD_NO_SOURCE", {
    message: `${why}Nobody knows where the release of ${environment} still is. Nothing was changed.`,
    fix: `lambdakit dr rebuild --env ${environment} --from DIR, with a copy of its artifact bucket: aws s3 sync makes one`,
    at: "--from",
  });
}
