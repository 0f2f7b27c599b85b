/** Both stacks with the gateways that they use, an emulator for AWS, and a fake for Terraform. */
import { createHash, randomInt } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { type FakeTerraform, fakeTerraform } from "../../test/fake-terraform.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { withVariables } from "../../test/variables.ts";
import { Bucket } from "../aws/index.ts";
import { findMoto, type Moto, startMoto } from "../emulator/start-moto.ts";
import { validateManifest } from "../manifest/index.ts";
import { planService, type ServicePlan } from "../plan/index.ts";
import { readTextFile } from "../system/index.ts";
import { openAccountStack } from "./account-stack.ts";
import { checkAccount } from "./check-account.ts";
import { openServiceStack, uploadArtifacts } from "./service-stack.ts";

const lacks = findMoto();
if (lacks.length > 0) {
  process.stderr.write(`Stacks are opened without an emulator: ${lacks.join("; ")}.\n`);
}

const validation = validateManifest(product);
if (!validation.ok) throw new Error("the Product service has problems");
const { manifest } = validation;
const dev = planService(manifest, "dev");

let terraform: FakeTerraform;
let directory: string;
beforeEach(async () => {
  terraform = await fakeTerraform({ output: { out: ["{}"] } });
  directory = await temporaryFolder();
});

const onStep = () => {};
describe("a service's stack", () => {
  it("is the service's own where it has one, and lambdakit's otherwise", async () => {
    const open = (folder: string) =>
      openServiceStack({ terraform, directory: folder, plan: dev, artifacts: {}, onStep });
    const main = (folder: string) =>
      readTextFile(path.join(folder, ".lambdakit/terraform/dev/stacks/service/main.tf"));
    await open(directory);
    expect(await main(directory)).toContain('module "function"');
    const own = await temporaryFolder({ "terraform/stacks/service/main.tf": "# our own" });
    await open(own);
    expect(await main(own)).toBe("# our own");
    const none = await temporaryFolder({ "terraform/environments/dev.tfvars.json": "{}" });
    await open(none);
    expect(await main(none)).toContain('module "function"');
  });

  it("is told of the plan, of the zips, and where its state lies", async () => {
    await openServiceStack({
      terraform,
      directory,
      plan: dev,
      artifacts: { list: { sha256: "ab".repeat(32) } },
      onStep,
    });
    const variables = async (name: string) =>
      JSON.parse(await readTextFile(path.join(directory, `.lambdakit/terraform/dev/${name}`)));
    expect(await variables("manifest.tfvars.json")).toMatchObject({ environment: "dev" });
    expect(JSON.stringify(await variables("artifacts.tfvars.json"))).toContain("ab".repeat(32));
    const [init] = await terraform.calls();
    expect(init).toContain(`-backend-config=bucket=${dev.deployment.stateBucket}`);
  });
});

describe.skipIf(lacks.length > 0)("an account", () => {
  let moto: Moto;
  let restore: () => void;
  let plan: ServicePlan;

  beforeAll(async () => {
    moto = await startMoto(dev.region, dev.accountId);
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
  });

  afterAll(async () => {
    restore?.();
    await moto?.stop();
  });

  beforeEach(() => {
    const unlike = randomInt(1e9);
    const { stateBucket, artifactBucket } = dev.deployment;
    const deployment = {
      ...dev.deployment,
      stateBucket: `${stateBucket}-${unlike}`,
      artifactBucket: `${artifactBucket}-${unlike}`,
    };
    plan = { ...dev, deployment };
  });

  const bucket = () => new Bucket(plan.deployment.stateBucket, plan.region);
  const open = (planOnly: boolean) =>
    openAccountStack({ terraform, directory, plan, planOnly, onStep });

  it("is checked before anything is done in it", async () => {
    expect(await checkAccount(plan)).toMatchObject({ accountId: dev.accountId });
    await expect(
      checkAccount({ ...plan, environment: "sit", accountId: "111122223333" }),
    ).rejects.toMatchObject({
      code: "AWS_WRONG_ACCOUNT",
      message: expect.stringMatching(
        `^sit is the account 111122223333, and the credentials are of ${dev.accountId} \\(arn:`,
      ),
      fix: "set AWS_PROFILE to one of 111122223333",
      at: "environments.sit.accountId",
    });
  });

  it("gets no bucket where it is only looked what would change", async () => {
    await open(true);
    expect(await bucket().exists()).toBe(false);
    expect(await terraform.calls()).toEqual([["init", "-json", "-reconfigure"]]);
  });

  it("gets the bucket of its states first, which is then in the state itself", async () => {
    await open(true);
    await open(false);
    expect(await bucket().exists()).toBe(true);
    const { stateBucket } = plan.deployment;
    expect((await terraform.calls()).at(-1)).toContain(`-backend-config=bucket=${stateBucket}`);
    const copy = `.lambdakit/terraform/account-${plan.accountId}-${plan.region}/stacks/account`;
    const state = await readTextFile(path.join(directory, copy, "state.tf"));
    expect(state).toContain(`id = "${stateBucket}"`);
  });

  it("keeps what other services have there", async () => {
    await open(false);
    const services = { "orders-dev": { environment: "dev" } };
    await terraform.answer("output", { out: [{ services: { value: services } }] });
    await open(false);
    const file = `.lambdakit/terraform/account-${plan.accountId}-${plan.region}/account.tfvars.json`;
    const variables = JSON.parse(await readTextFile(path.join(directory, file)));
    expect(Object.keys(variables.services)).toEqual(["orders-dev", "product-dev"]);
    expect(variables.services["orders-dev"]).toEqual(services["orders-dev"]);
  });

  it("gets each zip once, and leads to bootstrap where it has no bucket for them", async () => {
    const contents = "a zip";
    const sha256 = createHash("sha256").update(contents).digest("hex");
    const folder = await temporaryFolder({ "a.zip": contents });
    const functions = { a: { zip: "a.zip", sha256 }, same: { zip: "a.zip", sha256 } };
    const upload = () => uploadArtifacts(plan, { directory: folder, functions });
    await expect(upload()).rejects.toMatchObject({
      code: "TERRAFORM_NOT_BOOTSTRAPPED",
      message: `The account of dev has no bucket ${plan.deployment.artifactBucket} for artifacts yet.`,
      fix: "lambdakit bootstrap --env dev",
    });
    await new Bucket(plan.deployment.artifactBucket, plan.region).ensure();
    expect(await upload()).toBe(1);
    expect(await upload()).toBe(0);
  });
});
