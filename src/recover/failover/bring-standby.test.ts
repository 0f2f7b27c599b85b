import { beforeEach, describe, expect, it } from "vitest";
import { RegionWorld, waitingPlan } from "../../../test/region-world.ts";
import { memoryStack, verification } from "../../../test/release-world.ts";
import { recordVerification } from "../../release/index.ts";
import { digest } from "../../system/index.ts";
import { bringStandby } from "./bring-standby.ts";

let world: RegionWorld;
let release: string;

beforeEach(async () => {
  world = new RegionWorld();
  release = await world.release("one");
});

describe("the region that stands by", () => {
  it("gets what is live in the primary region, byte for byte, and its plan", async () => {
    const { outcome, verification } = await world.bringStandby();
    expect([outcome, verification?.passed]).toEqual(["standing-by", true]);
    const { store, releases, history } = world.standby.environment;
    const zips = [...world.primary.environment.store.objects].filter(([key]) =>
      key.startsWith("artifacts/"),
    );
    expect(zips.length).toBeGreaterThan(0);
    for (const [key, zip] of zips) expect(store.objects.get(key)).toEqual(zip);
    expect(await releases.standbyOf(release, "prod")).toEqual(waitingPlan);
    expect((await history.read())[0]).toMatchObject({
      started: { action: "standby", release },
      ended: { outcome: "live" },
    });
    expect([...store.objects.keys()].filter((key) => key.startsWith("deployments/"))).toEqual(
      expect.arrayContaining(["deployments/product/prod-standby/000001/started.json"]),
    );
  });

  it("gets it once", async () => {
    await world.bringStandby();
    expect((await world.bringStandby()).outcome).toBe("already-standing-by");
    expect(await world.standby.environment.history.read()).toHaveLength(1);
  });

  it("gets nothing that is not proven where callers are", async () => {
    await recordVerification(world.primary.environment, waitingPlan, async () =>
      verification(false),
    );
    await expect(world.bringStandby()).rejects.toMatchObject({ code: "RELEASE_NOT_PROVEN" });
    expect(world.standby.environment.store.objects.size).toBe(0);
  });

  it("is worked out from the manifest that was released, and no other", async () => {
    const { environment } = world.standby;
    const bring = bringStandby({
      from: world.primary.environment,
      to: environment,
      plan: waitingPlan,
      manifestSha256: digest("another manifest"),
      consent: { confirmation: null, reason: null, allowDataLoss: false },
      dryRun: true,
      openStack: async (one) => memoryStack(environment, one),
      onPlanned: () => {},
      onStep: () => {},
      verifierOf: () => undefined,
    });
    await expect(bring).rejects.toMatchObject({
      code: "RECOVERY_OTHER_MANIFEST",
      message: `The live release ${release} was built from another service.ts than the one that is here.`,
    });
  });
});
