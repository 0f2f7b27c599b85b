/**
 * PROD of the Product service in two regions, with a name that leads to one of them: for tests of the programs that
 * move callers. The emulator is AWS, with proxies before it that lose a region, or kill the program.
 */
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { HealthChecks } from "../../src/aws/index.ts";
import { enterAccount } from "../../src/emulator/deployed/account.ts";
import { startMoto } from "../../src/emulator/start-moto.ts";
import { loadService } from "../../src/package/index.ts";
import { planService, type ServicePlan, standbyPlan } from "../../src/plan/index.ts";
import { History, type Operation, Releases } from "../../src/release/index.ts";
import { startLocalService } from "../../src/testing/index.ts";
import { builtBin, type CommandRun, credentialsOf, endOf } from "../cloud.ts";
import { plantName } from "../deployed/planted/plant-name.ts";
import { plantRelease, storeOf } from "../deployed/planted/plant-release.ts";
import { plantService } from "../deployed/planted/plant-service.ts";
import { tinyFunctions } from "../deployed/planted/tiny-zip.ts";
import { type RegionalProxy, startRegionalProxy } from "../deployed/regional-proxy.ts";
import { type KillingProxy, startKillingProxy } from "../killing-proxy.ts";
import { productCopy, replaced } from "../product-copy.ts";

const name = "products.example.com";
const zone = "Z0123456789EXAMPLE";

export interface TwoRegions {
  readonly release: string;
  readonly primary: ServicePlan;
  readonly standby: ServicePlan;
  /** The emulator's own. */
  readonly emulator: string;
  /** Where the service answers, in whichever region. */
  readonly url: string;
  readonly killing: KillingProxy;
  /** The regions that nobody answers in. */
  readonly lost: RegionalProxy["lost"];
  /** Runs a command as a program that the proxy may kill. What it asks by the name is answered on this machine. */
  start(args: readonly string[], variables?: NodeJS.ProcessEnv): Promise<CommandRun>;
  /** What was done where the service stands by, the newest first. */
  history(): Promise<Operation[]>;
  /** Whether the name leads to the region that stands by, whatever answers. */
  isHeldDown(): Promise<boolean>;
  stop(): Promise<void>;
}

/** @param hasName else nobody's callers are led anywhere */
export async function prepareTwoRegions(hasName = true): Promise<TwoRegions> {
  const region = 'recoveryRegion: "eu-west-1",';
  const domain = `domain: { name: "${name}", zoneId: "${zone}" },`;
  const [moto, folder] = await Promise.all([
    startMoto("eu-west-1", undefined, false),
    productCopy({
      "service.ts": (text) =>
        replaced(text, region, hasName ? `${region}\n      ${domain}` : region),
    }),
  ]);
  const { manifest } = await loadService(folder);
  const primary = planService(manifest, "prod");
  const standby = standbyPlan(manifest, "prod") as ServicePlan;
  const { accountId } = standby;
  const account = await enterAccount(moto, accountId, standby.region);
  const zoneId = await plantName(account, name);
  const killing = await startKillingProxy(moto.url);
  const regional = await startRegionalProxy(killing.url, [primary.region, standby.region], {
    [zone]: zoneId,
  });
  const local = await startLocalService(folder);
  const functions = tinyFunctions(primary);
  const planted = {
    primary: await plantService(moto, primary, functions),
    standby: await plantService(moto, standby, functions),
  };
  const planOf: typeof planService = (...given) => soon(planService(...given));
  const release = await plantRelease(planted.primary, functions, { manifest, planOf });
  await plantRelease(planted.standby, functions, { manifest, planOf });
  const store = storeOf(planted.standby);
  await new Releases(store, standby.service).keepStandby(release, soon(standby));
  const checks = new HealthChecks({ endpoint: moto.url, credentials: account.credentials });
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    CI: "true",
    ...moto.env,
    ...(await credentialsOf(moto, accountId)),
    AWS_ENDPOINT_URL: regional.url,
    LAMBDAKIT_URL: local.url,
    NODE_OPTIONS: `--import=${resolving(`https://${name}`, local.url)}`,
  };

  return {
    release: release.id,
    primary,
    standby,
    emulator: moto.url,
    url: local.url,
    killing,
    lost: regional.lost,
    start(args, variables) {
      const child = spawn(process.execPath, [builtBin, ...args, "--service", folder], {
        env: { ...env, ...variables },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      });
      killing.kills({ child });
      return endOf(child);
    },
    history: () => new History(store, standby.service, "prod", standby.deployment.history).read(),
    isHeldDown: async () => (await checks.ofName(zoneId, name))?.is === "held-down",
    async stop() {
      await regional.stop();
      await Promise.all([killing.stop(), local.stop(), moto.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As it was planned, with a name that resolvers forget in a second: a test waits for them again and again. */
function soon(plan: ServicePlan): ServicePlan {
  const { standby } = plan.recovery;
  const domain = standby?.domain;
  if (standby === null || !domain) return plan;
  const healthCheck = { ...domain.healthCheck, failureThreshold: 0 };
  const known = { ...standby, domain: { ...domain, recordTtlSeconds: 1, healthCheck } };
  return { ...plan, recovery: { ...plan.recovery, standby: known } };
}

/** A module that sends what goes to a name to a URL: no resolver knows the name. */
function resolving(name: string, url: string): string {
  const source = `const ask = globalThis.fetch; globalThis.fetch = (at, init) => ask(String(at).replace("${name}", "${url}"), init);`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
