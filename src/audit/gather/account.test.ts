import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantRelease } from "../../../test/deployed/planted/plant-release.ts";
import { type PlantedService, plantService } from "../../../test/deployed/planted/plant-service.ts";
import { tinyFunctions } from "../../../test/deployed/planted/tiny-zip.ts";
import { findMoto, type Moto, startMoto } from "../../../test/moto.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { isLacking } from "../../../test/terraform.ts";
import { gatherAccount } from "../index.ts";

const plan = productPlan("sit");

describe.skipIf(isLacking(findMoto(), "No account is audited"))("an account", () => {
  let moto: Moto;
  let planted: PlantedService;

  beforeAll(async () => {
    moto = await startMoto(plan.region, undefined, false);
    const functions = tinyFunctions(plan);
    planted = await plantService(moto, plan, functions);
    await plantRelease(planted, functions);
  }, 60_000);
  afterAll(() => moto?.stop());

  const access = () => ({ endpoint: moto.url, credentials: planted.account.credentials });

  it("is read with what the service has there, and what is not there is left out", async () => {
    const facts = await gatherAccount(plan, access());
    expect(facts).toMatchObject({
      accountId: plan.accountId,
      tables: [{ name: "products-sit", isProtected: true, hasPointInTimeRecovery: true }],
      buckets: expect.arrayContaining([
        {
          name: plan.deployment.artifactBucket,
          purpose: "artifacts",
          hasVersions: expect.any(Boolean),
          isEncrypted: false,
          blocksPublicAccess: false,
        },
      ]),
    });
    expect("functions" in facts && facts.functions.map(({ name }) => name)).toEqual(
      plan.functions.map(({ name }) => name),
    );
  });

  it("is unread as a whole where the credentials are of another one", async () => {
    const facts = await gatherAccount({ ...plan, accountId: "111111111111" }, access());
    expect(facts).toEqual({
      unread: `the credentials are of ${plan.accountId}, and sit is 111111111111`,
    });
  });
});
