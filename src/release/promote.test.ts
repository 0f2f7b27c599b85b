import { describe, expect, it } from "vitest";
import {
  builtRelease,
  type MemoryEnvironment,
  manifest,
  memoryEnvironment,
  memoryStack,
  verification,
} from "../../test/release-world.ts";
import { artifactKey, releasePrefix } from "../names.ts";
import { planService, type ServicePlan } from "../plan/index.ts";
import { canonicalJson, digest } from "../system/index.ts";
import {
  bringLive,
  createRelease,
  type PlannedStack,
  type PromoteOptions,
  type Promotion,
  planRollback,
  promoteRelease,
  recordVerification,
  rollBack,
} from "./index.ts";

const built = builtRelease("one");
const { release } = built;
const devPlan = planService(manifest, "dev");
const consent = { confirmation: "deploy", reason: null, allowDataLoss: false };

/** DEV with a release that is live there, as it was seen. */
async function devWith(seen: "good" | "bad" | "nothing", what = built): Promise<MemoryEnvironment> {
  const dev = memoryEnvironment("dev");
  await deployTo(dev, what, seen);
  return dev;
}

async function deployTo(
  dev: MemoryEnvironment,
  { release, documents, zips }: typeof built,
  seen: "good" | "bad" | "nothing" = "good",
): Promise<void> {
  for (const [sha256, bytes] of zips) await dev.releases.putArtifact(bytes, sha256);
  await dev.releases.keep(release, documents);
  const verify = seen === "nothing" ? undefined : async () => verification(seen === "good");
  await bringLive(dev, {
    action: "deploy",
    release,
    plan: devPlan,
    operations: await dev.history.read(),
    stack: memoryStack(dev, release),
    planDigest: "",
    consent,
    steps: [],
    verify,
    onStep: () => {},
  }).catch((error) => expect(error.code).toBe("RELEASE_NOT_VERIFIED"));
}

async function promote(
  from: MemoryEnvironment,
  to: MemoryEnvironment,
  more: Partial<PromoteOptions<PlannedStack>> = {},
): Promise<Promotion<PlannedStack>> {
  return promoteRelease<PlannedStack>({
    from,
    to,
    consent,
    dryRun: false,
    steps: [],
    openStack: async (_, what) => memoryStack(to, what),
    onPlanned: () => {},
    verifierOf: () => async () => verification(true),
    onStep: () => {},
    ...more,
  });
}

/** A release as lambdakit recorded it before functions had secrets, routes said who may call them, and services stood by. */
function earlierRelease(): typeof built {
  const earlier = (plan: ServicePlan) => {
    const { secrets: _, place: __, api, recovery, deployment, ...others } = plan;
    const { authorizer: ___, ...rest } = api;
    const { rpoMinutes, rtoMinutes, standby } = recovery;
    const { history: ____, ...before } = deployment;
    return {
      ...others,
      api: {
        ...rest,
        routes: api.routes.map(({ auth: _, throttling: __, ...route }) => route),
      },
      recovery: { rpoMinutes, rtoMinutes, region: standby?.region ?? null },
      deployment: before,
    } as unknown as ServicePlan;
  };
  const { plans, sbom } = built.documents;
  const [dev, sit, prod] = [plans.dev, plans.sit, plans.prod].map(earlier) as [
    ServicePlan,
    ServicePlan,
    ServicePlan,
  ];
  const digests = Object.fromEntries(
    Object.entries({ dev, sit, prod }).map(([name, plan]) => [name, digest(canonicalJson(plan))]),
  ) as typeof release.plans;
  const { id: _, built: origin, ...contents } = release;
  const recorded = createRelease({ ...contents, plans: digests }, origin);
  return { ...built, release: recorded, documents: { plans: { dev, sit, prod }, sbom } };
}

describe("a promotion", () => {
  it("takes a release that was recorded before plans named secrets and callers: as there were none", async () => {
    const earlier = earlierRelease();
    const [dev, sit] = [await devWith("good", earlier), memoryEnvironment("sit")];
    let opened: ServicePlan | undefined;
    const { outcome } = await promote(dev, sit, {
      openStack: async (plan, what) => {
        opened = plan;
        return memoryStack(sit, what);
      },
    });
    expect(outcome).toBe("live");
    expect(opened).toMatchObject({
      secrets: [],
      place: "primary",
      api: { authorizer: null },
      recovery: { backups: null, standby: null },
      deployment: { history: "deployments/product/sit/" },
    });
    const [route] = opened?.api.routes ?? [];
    expect(route).toMatchObject({ auth: { type: "none" }, throttling: null });
    // What SIT keeps is what DEV has, to the byte: PROD finds the plan that the record names.
    const file = `${releasePrefix("product")}${earlier.release.id}/plan-prod.json`;
    const textIn = async ({ store }: MemoryEnvironment) =>
      Buffer.from((await store.read(file)) ?? []).toString();
    expect(await textIn(sit)).toBe(canonicalJson(earlier.documents.plans.prod));
    expect(await textIn(sit)).toBe(await textIn(dev));
  });

  it("brings the same bytes, the record and the plans, and says who agreed to which plan", async () => {
    const [dev, sit] = [await devWith("good"), memoryEnvironment("sit")];
    const { planDigest, outcome } = await promote(dev, sit, {
      consent: { ...consent, reason: "CHG-1" },
    });
    expect(outcome).toBe("live");
    const ofRelease = (key: string) =>
      key.startsWith(releasePrefix("product")) || key.startsWith("artifacts/");
    const copied = (store: MemoryEnvironment["store"]) =>
      [...store.objects].filter(([key]) => ofRelease(key)).sort();
    expect(copied(sit.store)).toEqual(copied(dev.store));
    const [operation] = await sit.history.read();
    expect(operation?.started).toMatchObject({
      action: "promote",
      release: release.id,
      planDigest,
      confirmation: "deploy",
      reason: "CHG-1",
    });
  });

  it("plans without a word of consent, shows it, and changes nothing", async () => {
    const [dev, sit] = [await devWith("good"), memoryEnvironment("sit")];
    let shown = "";
    const nobody = { confirmation: null, reason: null, allowDataLoss: false };
    const onPlanned: PromoteOptions<PlannedStack>["onPlanned"] = ({ planDigest }) => {
      shown = planDigest;
    };
    await expect(promote(dev, sit, { consent: nobody, onPlanned })).rejects.toMatchObject({
      code: "DEPLOY_NOT_CONFIRMED",
      fix: expect.stringMatching(
        `^lambdakit promote --from dev --to sit --release ${release.id} --plan [0-9a-f]{12} --confirm deploy$`,
      ),
    });
    expect(shown).toMatch(/^[0-9a-f]{12}$/);
    expect(await promote(dev, sit, { dryRun: true })).toMatchObject({
      outcome: "planned",
      planDigest: shown,
    });
    expect(sit.store.objects.size).toBe(0);
    expect(sit.traffic.aliases.size).toBe(0);
  });

  it("has nothing to do the second time", async () => {
    const [dev, sit] = [await devWith("good"), memoryEnvironment("sit")];
    await promote(dev, sit);
    expect(await promote(dev, sit)).toMatchObject({ outcome: "already-live" });
    expect(await sit.history.read()).toHaveLength(1);
  });

  it("is refused another plan than the one that was approved", async () => {
    const [dev, sit] = [await devWith("good"), memoryEnvironment("sit")];
    const { planDigest } = await promote(dev, sit, { dryRun: true });
    // Somebody changes SIT meanwhile.
    const stack = memoryStack(sit, release);
    const other = {
      ...stack,
      plan: async () => (await stack.plan()).slice(1),
    };
    await expect(
      promote(dev, sit, { approvedPlan: planDigest, openStack: async () => other }),
    ).rejects.toMatchObject({
      code: "RELEASE_PLAN_CHANGED",
      message: expect.stringContaining(`The plan ${planDigest} was approved`),
    });
    expect(await promote(dev, sit, { approvedPlan: planDigest })).toMatchObject({
      outcome: "live",
    });
  });

  it("says the way back to what is live, with what would not come back", async () => {
    const [dev, sit] = [await devWith("good"), memoryEnvironment("sit")];
    await promote(dev, sit);
    await deployTo(dev, builtRelease("two"));
    const { back } = await promote(dev, sit, { dryRun: true });
    expect(back).toMatchObject({ release: release.id, staying: [] });
    expect(Object.values(back?.versions ?? {})).toEqual(
      Object.keys(release.artifacts).map(() => "1"),
    );
  });

  it("finds a release by the beginning of its id", async () => {
    const [dev, sit] = [await devWith("good"), memoryEnvironment("sit")];
    await deployTo(dev, builtRelease("two"));
    const short = release.id.slice(0, 6);
    expect((await promote(dev, sit, { release: short })).release.id).toBe(release.id);
    await expect(promote(dev, sit, { release: "" })).rejects.toMatchObject({
      message: "2 releases begin with  in artifacts.",
    });
  });
});

describe("the environment before vouches for a release, or it is refused:", () => {
  const refused = async (from: MemoryEnvironment, words: RegExp, more = {}) => {
    const sit = memoryEnvironment("sit");
    await expect(promote(from, sit, more)).rejects.toMatchObject({
      code: "RELEASE_NOT_PROVEN",
      message: expect.stringMatching(words),
    });
    expect(sit.store.objects.size).toBe(0);
  };

  it("where nothing is live", async () => {
    await expect(promote(memoryEnvironment("dev"), memoryEnvironment("sit"))).rejects.toMatchObject(
      { code: "RELEASE_NONE_LIVE", fix: "lambdakit deploy" },
    );
  });

  it("where nobody has looked", async () => {
    await refused(await devWith("nothing"), /dev does not vouch .*: nobody has verified it there/);
  });

  it("where a check has failed", async () => {
    await refused(await devWith("bad"), /1 of 1 checks failed at .*, by /, { release: release.id });
  });

  it("where it was left again, until it is verified again", async () => {
    const dev = await devWith("good");
    await deployTo(dev, builtRelease("two"));
    await rollBack(dev, await planRollback(dev, undefined), {
      ...consent,
      reason: "INC-7: prices are wrong",
    });
    const id = builtRelease("two").release.id;
    await refused(dev, /it was rolled back at .*: INC-7: prices are wrong/, { release: id });
    await rollBack(dev, await planRollback(dev, id), consent);
    await refused(dev, /it was rolled back/);
    await recordVerification(dev, devPlan, async () => verification(true));
    expect(await promote(dev, memoryEnvironment("sit"))).toMatchObject({ outcome: "live" });
  });

  it("where what was verified was something else", async () => {
    const dev = memoryEnvironment("dev");
    await deployTo(dev, built, "nothing");
    // By hand, past every record.
    for (const { name } of devPlan.functions) dev.traffic.publish(name, "other");
    for (const { name } of devPlan.functions) {
      await dev.traffic.move(name, { version: "2", canary: null });
    }
    await recordVerification(dev, devPlan, async () => verification(true));
    await refused(dev, /what was verified .* was something else in bbws-product-list-dev, /);
  });
});

describe("what is not as it was built", () => {
  it.each([
    ["a zip", artifactKey(release.artifacts.list?.sha256 ?? "")],
    ["the record", `${releasePrefix("product")}${release.id}/release.json`],
    ["a plan", `${releasePrefix("product")}${release.id}/plan-sit.json`],
    ["the bill of materials", `${releasePrefix("product")}${release.id}/sbom.cdx.json`],
  ])("is not promoted: %s that somebody has changed, or taken away", async (_, key) => {
    for (const contents of ["{}", '{"id":"other"}', "no JSON", undefined]) {
      const [dev, sit] = [await devWith("good"), memoryEnvironment("sit")];
      if (contents === undefined) dev.store.objects.delete(key);
      else dev.store.objects.set(key, Buffer.from(contents));
      if (canonicalJson({}) === contents && key.includes("sbom")) continue;
      const code = await promote(dev, sit, { release: release.id }).catch((error) => error.code);
      expect([contents, code]).toEqual([
        contents,
        contents === undefined && key.endsWith("release.json")
          ? "RELEASE_UNKNOWN"
          : "RELEASE_DAMAGED",
      ]);
      expect(sit.traffic.aliases.size).toBe(0);
    }
  });

  it("is not deployed with other Terraform modules", async () => {
    const [dev, sit] = [await devWith("good"), memoryEnvironment("sit")];
    const openStack = async () => ({ ...memoryStack(sit, release), sha256: "ff".repeat(32) });
    await expect(promote(dev, sit, { openStack })).rejects.toMatchObject({
      code: "RELEASE_STACK_DIFFERS",
      fix: "npm install lambdakit@0.1.0",
    });
  });
});
