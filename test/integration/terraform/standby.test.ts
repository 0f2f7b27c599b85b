/**
 * A service in two regions of one account, applied by the real Terraform and the real AWS provider to an emulator,
 * which keeps regions apart: first what both regions need, then the service, then where it stands by. What the
 * emulator does not do is done here in its place, and says so: DynamoDB's replica, and S3's copies.
 */
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accountVariables,
  artifactVariables,
  backendConfiguration,
  recoveryRegionVariables,
  tfvars,
} from "../../../src/deploy/index.ts";
import { findMoto, type Moto, startMoto } from "../../../src/emulator/start-moto.ts";
import { validateManifest } from "../../../src/manifest/index.ts";
import { artifactKey } from "../../../src/names.ts";
import { planService, type ServicePlan, standbyPlan } from "../../../src/plan/index.ts";
import {
  copyTerraform,
  findTerraform,
  isLacking,
  type RunTerraform,
  terraformIn,
} from "../../terraform.ts";

const { tools, lacks } = findTerraform();
const isSkipped = isLacking([...lacks, ...findMoto()], "No service stands by in an emulator");

const accountId = "123456789012";
const where = { accountId, logLevel: "INFO", logRetentionDays: 30 };
const shop = (zoneId: string) => ({
  name: "shop",
  prefix: "acme",
  description: "What the shop sells",
  repository: "acme/shop",
  api: { cors: { allowOrigins: ["*"] } },
  tables: { orders: { partitionKey: "id" } },
  functions: {
    list: {
      description: "List the orders",
      entry: "src/list.ts",
      routes: ["GET /orders"],
      auth: "none",
      tables: { orders: [{ allow: ["Scan"] }] },
    },
  },
  environments: {
    dev: { ...where, region: "eu-west-1", approval: "none" },
    sit: { ...where, region: "eu-west-1", approval: "confirm" },
    prod: {
      ...where,
      region: "af-south-1",
      approval: "confirm-and-reason",
      recoveryRegion: "eu-west-1",
      domain: { name: "orders.shop.example.com", zoneId },
    },
  },
});

describe.skipIf(isSkipped)("a service that stands by", { timeout: 600_000 }, () => {
  let folder: string;
  let moto: Moto;
  let terraform: RunTerraform;
  let zoneId: string;
  let primary: ServicePlan;
  let standby: ServicePlan;

  beforeAll(async () => {
    if (tools === undefined) return;
    folder = await mkdtemp(path.join(tmpdir(), "lambdakit-standby-"));
    moto = await startMoto("af-south-1", accountId);
    terraform = await terraformIn(folder, tools);
    await copyTerraform(folder, { emulator: true });
    zoneId = await makeZone("shop.example.com");
    const validation = validateManifest(shop(zoneId));
    if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
    primary = planService(validation.manifest, "prod");
    const other = standbyPlan(validation.manifest, "prod");
    if (other === null) throw new Error("prod has no recoveryRegion");
    standby = other;
  }, 120_000);

  afterAll(async () => {
    await moto?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it("has an account with two regions, the first of which is copied to the second", async () => {
    for (const [stack, variables] of [
      ["recovery-region", recoveryRegionVariables(primary)],
      ["account", accountVariables(primary)],
    ] as const) {
      const file = await written(`${stack}.tfvars.json`, { ...variables, require_tls: false });
      await succeed(`stacks/${stack}`, ["init"]);
      await succeed(`stacks/${stack}`, ["apply", "-auto-approve", `-var-file=${file}`]);
      await succeed(`stacks/${stack}`, ["plan", "-detailed-exitcode", `-var-file=${file}`]);
    }
    for (const kind of ["stateBucket", "artifactBucket"] as const) {
      const copied = await ask("s3", primary, `/${primary.deployment[kind]}?replication`);
      expect(copied).toContain(`<Bucket>arn:aws:s3:::${standby.deployment[kind]}</Bucket>`);
    }
  });

  it("is made in its own region, and has nothing left to do", () => applied(primary));

  it("is made where it stands by, beside the other, and has nothing left to do", async () => {
    // In AWS, the primary's table has made it.
    await ask("dynamodb", standby, "/", {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": "DynamoDB_20120810.CreateTable",
      },
      body: JSON.stringify({
        TableName: standby.tables[0]?.name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    });
    await applied(standby);
  });

  it("has functions of the same name, each with the role and the table of its own region", async () => {
    for (const plan of [primary, standby]) {
      const [list] = plan.functions;
      const answer = await ask("lambda", plan, `/2015-03-31/functions/${list?.name}/configuration`);
      expect(JSON.parse(answer)).toMatchObject({
        FunctionArn: `arn:aws:lambda:${plan.region}:${accountId}:function:acme-shop-list-prod`,
        Role: `arn:aws:iam::${accountId}:role/acme-shop-list-prod${plan === standby ? "-standby" : ""}`,
        Environment: { Variables: { ENVIRONMENT: "prod" } },
      });
    }
  });

  it("has a name that answers with the first while it is healthy, and with the second else", async () => {
    const records = await ask("route53", primary, `/2013-04-01/hostedzone/${zoneId}/rrset`);
    const ours = records.split("<ResourceRecordSet>").filter((one) => one.includes("<Failover>"));
    const said = ours.map((one) =>
      ["Failover", "Type", "TTL"].map((name) => new RegExp(`<${name}>(.*?)<`).exec(one)?.[1]),
    );
    expect(said.sort()).toEqual([
      ["PRIMARY", "CNAME", "60"],
      ["SECONDARY", "CNAME", "60"],
    ]);
    expect(ours.map((one) => one.includes("<HealthCheckId>")).sort()).toEqual([false, true]);
  });

  it("stays moved when Terraform plans again: who moves callers by hand is not undone", async () => {
    const list = await ask("route53", primary, "/2013-04-01/healthcheck");
    const [, id = ""] = /<Id>(.*?)<\/Id>/.exec(list) ?? [];
    expect(list).toContain("<ResourcePath>/v1/orders</ResourcePath>");
    await ask("route53", primary, `/2013-04-01/healthcheck/${id}`, {
      method: "POST",
      body: '<UpdateHealthCheckRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Disabled>true</Disabled><Inverted>true</Inverted></UpdateHealthCheckRequest>',
    });
    const moved = await ask("route53", primary, `/2013-04-01/healthcheck/${id}`);
    expect(moved).toMatch(/<Inverted>true<\/Inverted>/i);
    await prepared(primary);
    await succeed("stacks/service", ["plan", "-detailed-exitcode", ...given(primary)]);
  });

  async function applied(plan: ServicePlan): Promise<void> {
    await prepared(plan);
    await succeed("stacks/service", ["apply", "-auto-approve", ...given(plan)]);
    await succeed("stacks/service", ["plan", "-detailed-exitcode", ...given(plan)]);
  }

  /** Each place has its own state, in the bucket of its own region; both get the same bytes. */
  async function prepared(plan: ServicePlan): Promise<void> {
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    const sha256 = createHash("sha256").update(end).digest("hex");
    const target = `/${plan.deployment.artifactBucket}/${artifactKey(sha256)}`;
    await ask("s3", plan, target, { method: "PUT", body: end });
    await written("artifacts.tfvars.json", artifactVariables({ list: { sha256 } }));
    await written(`${plan.place}.tfvars.json`, tfvars(plan));
    const backend = Object.entries(backendConfiguration(plan));
    const config = backend.map(([name, value]) => `-backend-config=${name}=${value}`);
    await succeed("stacks/service", ["init", "-reconfigure", ...config]);
  }

  function given({ place }: ServicePlan): string[] {
    return [place, "artifacts"].map(
      (name) => `-var-file=${path.join(folder, `${name}.tfvars.json`)}`,
    );
  }

  async function written(name: string, variables: object): Promise<string> {
    const file = path.join(folder, name);
    await writeFile(file, JSON.stringify(variables));
    return file;
  }

  async function succeed(stack: string, args: readonly string[]): Promise<void> {
    const [command = "", ...rest] = args;
    const { exitCode, stdout, stderr } = await terraform(
      stack,
      [command, "-no-color", ...rest],
      moto.env,
    );
    expect(exitCode, `${command}: ${stdout.slice(-3_000)}${stderr}`).toBe(0);
  }

  async function makeZone(name: string): Promise<string> {
    const body = `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>one</CallerReference></CreateHostedZoneRequest>`;
    const region = { region: "us-east-1" };
    const made = await ask("route53", region, "/2013-04-01/hostedzone", { method: "POST", body });
    return /<Id>\/hostedzone\/(.*?)<\/Id>/.exec(made)?.[1] ?? "";
  }

  /** The emulator reads service and region from the signature, and does not check it. */
  async function ask(
    service: string,
    { region }: Pick<ServicePlan, "region">,
    target: string,
    init: RequestInit = {},
  ): Promise<string> {
    const scope = `test/20260101/${region}/${service}/aws4_request`;
    const Authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
    const answer = await fetch(`${moto.url}${target}`, {
      ...init,
      headers: { ...init.headers, Authorization },
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${service} ${target}: ${answer.status} ${text}`);
    return text;
  }
});
