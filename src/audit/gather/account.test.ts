import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { plantRelease } from "../../../test/deployed/planted/plant-release.ts";
import { type PlantedService, plantService } from "../../../test/deployed/planted/plant-service.ts";
import { tinyFunctions } from "../../../test/deployed/planted/tiny-zip.ts";
import { startKillingProxy } from "../../../test/killing-proxy.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { isLacking } from "../../../test/terraform.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";
import { type AuditFacts, audit, gatherAccount, rules } from "../index.ts";

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
    expect(facts).toMatchObject({ functions: plan.functions.map(({ name }) => ({ name })) });
  });

  it("says which drill was the last that recovered, whatever came after it", async () => {
    expect(await gatherAccount(plan, access())).toMatchObject({ drills: { lastRecovered: null } });
    const report = async (number: string, recovered: boolean) => {
      const key = `drills/product/sit/${number}/report.json`;
      const body = JSON.stringify({ at: `2026-11-0${Number(number)}T09:00:00.000Z`, recovered });
      const bucket = plan.deployment.artifactBucket;
      await planted.account.ask("s3", `/${bucket}/${key}`, { method: "PUT", body });
    };
    await report("000001", true);
    await report("000002", true);
    await report("000003", false);
    expect(await gatherAccount(plan, access())).toMatchObject({
      drills: { lastRecovered: "2026-11-02T09:00:00.000Z" },
    });
  });

  it("is checked but for what AWS refuses, which is told with the rules that need it", async () => {
    const proxy = await startKillingProxy(moto.url);
    onTestFinished(() => proxy.stop());
    proxy.arrange({ call: /ListUsers/ }, { fail: { status: 403, code: "AccessDenied" } });
    const account = await gatherAccount(plan, { ...access(), endpoint: proxy.url });
    if ("unread" in account) throw new Error(account.unread);
    const { accessKeys, ...others } = account;
    expect(accessKeys).toEqual({
      unread: expect.stringMatching(/access keys of users: AccessDenied/),
    });
    expect(Object.values(others).filter((part) => Object.hasOwn(Object(part), "unread"))).toEqual(
      [],
    );

    const unneeded = { unread: "no rule needs it" };
    const facts = {
      subject: { service: "product", folder: ".", installation: ".", plans: [plan], now: "" },
      files: { files: [], tracked: [], stale: [] },
      history: unneeded,
      advisories: unneeded,
      gitHub: unneeded,
      accounts: [{ environment: plan.environment, account }],
    };
    const wanted = ["user-key", "role-without-boundary", "bucket-unencrypted"];
    const judged = audit(
      facts as unknown as AuditFacts,
      rules.filter(({ id, checks }) => wanted.includes(id) && checks.files === undefined),
    );
    expect(judged.unchecked).toEqual([
      {
        what: "account of sit",
        why: expect.stringMatching(/access keys of users: AccessDenied/),
        rules: ["user-key"],
      },
    ]);
    expect(judged.checked).toContain("role-without-boundary");
    expect(judged.findings.map(({ id }) => id)).toContain("bucket-unencrypted");
  });

  it("is unread as a whole where the credentials are of another one", async () => {
    const facts = await gatherAccount({ ...plan, accountId: "111111111111" }, access());
    expect(facts).toEqual({
      unread: `the credentials are of ${plan.accountId}, and sit is 111111111111`,
    });
  });
});
