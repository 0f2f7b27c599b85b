import { createHash } from "node:crypto";
import { CallFailed } from "../../../src/emulator/deployed/account.ts";
import { environmentNames } from "../../../src/manifest/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../../src/plan/index.ts";
import {
  createRelease,
  History,
  type ObjectStore,
  type Release,
  Releases,
} from "../../../src/release/index.ts";
import { canonicalJson, whereItRuns } from "../../../src/system/index.ts";
import { productManifest } from "../../product-plan.ts";
import { plantAlarms } from "./plant-alarms.ts";
import type { Plantation, PlantedService } from "./plant-service.ts";

const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex");

/**
 * Writes down that what is planted was deployed: a release, and the operation that made it live. Tables can be
 * restored to a moment, and somebody hears of the alarms.
 *
 * @param built of what, and how it was planned. @default the Product service as it is, and modules that nobody has
 */
export async function plantRelease(
  planted: PlantedService,
  { functions }: Plantation,
  { manifest = productManifest(), stackSha256 = sha256("modules"), planOf = planService } = {},
): Promise<Release> {
  const { account, plan, url } = planted;
  const { service, environment, deployment, accountId, region } = plan;
  const store = storeOf(planted);
  const plans = Object.fromEntries(
    environmentNames.map((name) => [name, planOf(manifest, name)]),
  ) as unknown as Record<EnvironmentName, ServicePlan>;
  const at = new Date(Date.now() - 3 * 3_600_000).toISOString();
  const by = `arn:aws:sts::${accountId}:assumed-role/deployer/alice`;
  const origin = { at, by, from: { ...whereItRuns(), host: "laptop-7", user: "alice", run: null } };
  const digests = Object.entries(functions).map(([key, { zip }]) => {
    return [key, { sha256: sha256(zip), bytes: zip.length }] as const;
  });
  const release = createRelease(
    {
      service,
      manifestSha256: sha256(canonicalJson(manifest)),
      stackSha256,
      plans: Object.fromEntries(
        environmentNames.map((name) => [name, sha256(canonicalJson(plans[name]))]),
      ) as Record<EnvironmentName, string>,
      artifacts: Object.fromEntries(digests),
      sbomSha256: sha256("{}"),
    },
    { ...origin, commit: { sha: "e52228c".padEnd(40, "0"), isClean: true }, lambdakit: "0.1.0" },
  );
  await new Releases(store, service).keep(release, { plans, sbom: "{}" });
  const record = await new History(store, service, environment, deployment.history).begin([], {
    ...origin,
    action: "deploy",
    release: release.id,
    previous: null,
    before: {},
    planDigest: null,
    confirmation: null,
    reason: null,
    continues: null,
  });
  await record.applied({
    versions: Object.fromEntries(plan.functions.map(({ name }) => [name, "1"])),
    url,
  });
  await record.ended("live");
  await plantAlarms(account, plan.alarms, [
    `arn:aws:sns:${region}:${accountId}:${deployment.alarmTopic}`,
  ]);
  for (const { name: TableName } of plan.tables) {
    await account.table("UpdateContinuousBackups", {
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    if (environment !== "dev") {
      await account.table("UpdateTable", { TableName, DeletionProtectionEnabled: true });
    }
  }
  return release;
}

/** The artifact bucket of a planted service. */
export function storeOf({ account, plan }: PlantedService): ObjectStore {
  const name = plan.deployment.artifactBucket;
  const put = async (key: string, body: string | Uint8Array) => {
    await account.ask("s3", `/${name}/${key}`, { method: "PUT", body: Buffer.from(body) });
    return true;
  };
  return {
    name,
    async read(key) {
      try {
        const answer = await account.ask("s3", `/${name}/${key}`);
        return new Uint8Array(await answer.arrayBuffer());
      } catch (error) {
        if (error instanceof CallFailed && error.status === 404) return undefined;
        throw error;
      }
    },
    async keys(prefix) {
      const answer = await account.ask("s3", `/${name}?list-type=2&prefix=${prefix}`);
      return [...(await answer.text()).matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = ""]) => key);
    },
    putOnce: put,
    uploadOnce: put,
  };
}
