/**
 * Both stacks, applied by the real Terraform and the real AWS provider to an emulator: the account
 * first, then the Product service's zips, then the service, which is read back through AWS's APIs.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import product from "../../../services/product/service.ts";
import { artifactVariables, backendConfiguration } from "../../../src/deploy/index.ts";
import { findMoto, type Moto, startMoto } from "../../../src/emulator/start-moto.ts";
import { type PolicyDocument, preparePolicies } from "../../../src/evaluate/index.ts";
import { validateManifest } from "../../../src/manifest/index.ts";
import { planService, policyDocument } from "../../../src/plan/index.ts";
import {
  copyTerraform,
  findTerraform,
  isLacking,
  type RunTerraform,
  terraformIn,
} from "../../terraform.ts";

const { tools, lacks } = findTerraform();
const isSkipped = isLacking(
  [...lacks, ...findMoto()],
  "Terraform's stacks are applied to no emulator",
);

const root = fileURLToPath(new URL("../../..", import.meta.url));
const validation = validateManifest(product);
if (!validation.ok) throw new Error("the Product service has problems");
const plan = planService(validation.manifest, "dev");

describe.skipIf(isSkipped)("a plain terraform apply", { timeout: 300_000 }, () => {
  let folder: string;
  let moto: Moto;
  let terraform: RunTerraform;
  let artifacts: Artifacts;

  beforeAll(async () => {
    if (tools === undefined) return;
    folder = await mkdtemp(path.join(tmpdir(), "lambdakit-apply-"));
    moto = await startMoto(plan.region, plan.accountId);
    terraform = await terraformIn(folder, tools);
    await copyTerraform(folder, { emulator: true });
    artifacts = await packageProduct(path.join(folder, "artifacts"));
  }, 120_000);

  afterAll(async () => {
    await moto?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it("prepares an account, and has nothing left to do", async () => {
    const variables = path.join(folder, "test/golden/product.dev.account.tfvars.json");
    // moto knows no conditions: a policy that refuses what comes without TLS would refuse everything.
    const given = [`-var-file=${variables}`, "-var=require_tls=false"];
    await succeed("stacks/account", ["init"]);
    await succeed("stacks/account", ["apply", "-auto-approve", ...given]);
    await succeed("stacks/account", ["plan", "-detailed-exitcode", ...given]);
    const outputs = await outputsOf("stacks/account");
    expect(outputs).toMatchObject({
      state_bucket: plan.deployment.stateBucket,
      artifact_bucket: plan.deployment.artifactBucket,
      alarm_key: plan.deployment.alarmKey,
      function_boundary_arn: plan.deployment.permissionsBoundary.arn,
    });
  });

  it("makes a service from the derived variables and the uploaded zips, and has nothing left to do", async () => {
    for (const { file, key } of Object.values(artifacts)) {
      const target = `/${plan.deployment.artifactBucket}/${key}`;
      await ask("s3", target, { method: "PUT", body: await readFile(file) });
    }
    await writeFile(
      path.join(folder, "artifacts.tfvars.json"),
      JSON.stringify(artifactVariables(artifacts)),
    );
    const backend = Object.entries(backendConfiguration(plan));
    const where = backend.map(([name, value]) => `-backend-config=${name}=${value}`);
    await succeed("stacks/service", ["init", ...where]);
    const { seconds } = await succeed("stacks/service", ["apply", "-auto-approve", ...given()]);
    const again = await succeed("stacks/service", ["plan", "-detailed-exitcode", ...given()]);
    process.stdout.write(
      `terraform apply of the Product service: ${seconds.toFixed(1)} s, the plan after it: ${again.seconds.toFixed(1)} s\n`,
    );
  });

  it("has made what the plan says: code by digest, alias, variables, invoked by the API's own route or its authorizer", async () => {
    for (const lambda of plan.functions) {
      const at = `/2015-03-31/functions/${lambda.name}`;
      const configuration = await json("lambda", `${at}/configuration`);
      expect(configuration).toMatchObject({
        Handler: lambda.handler,
        Runtime: lambda.runtime,
        MemorySize: lambda.memoryMb,
        Timeout: lambda.timeoutSeconds,
        Architectures: [lambda.architecture],
        TracingConfig: { Mode: "Active" },
        Environment: { Variables: lambda.environmentVariables },
        Role: `arn:aws:iam::${plan.accountId}:role/${lambda.role.name}`,
      });
      const digest = Buffer.from(artifacts[lambda.key]?.sha256 ?? "", "hex").toString("base64");
      expect(configuration.CodeSha256).toBe(digest);
      expect(await json("lambda", `${at}/aliases/live`)).toMatchObject({ FunctionVersion: "1" });
      const policy = JSON.parse((await json("lambda", `${at}/policy?Qualifier=live`)).Policy);
      const sources = policy.Statement.map((one: Permission) => one.Condition.ArnLike);
      const routes = plan.api.routes.filter((route) => route.function === lambda.key);
      expect(sources.map((one: object) => Object.values(one)[0]?.replace(/^.*?\//, ""))).toEqual(
        lambda.key === plan.api.authorizer?.function.key
          ? ["authorizers/*"]
          : routes.map(({ method, path }) => `v1/${method}${path.replace(/\{\w+\}/g, "*")}`),
      );
    }
  });

  it("has boundaries that let functions do what they were granted, and nothing beyond", async () => {
    const boundary = await boundaryOf(plan.deployment.permissionsBoundary.name);
    for (const { name, role } of plan.functions) {
      const decide = preparePolicies([policyDocument(role.statements)], { boundaries: [boundary] });
      for (const { actions, resources, conditions } of role.statements) {
        const [key = ""] = conditions["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"] ?? [];
        for (const action of actions) {
          const resource = (resources[0] ?? "").replace(/:\*$/, ":log-stream:one");
          const context = { "dynamodb:LeadingKeys": [key.replace("*", "1")] };
          expect(decide({ action, resource, context }), `${name} ${action}`).toMatchObject({
            effect: "allowed",
          });
        }
      }
    }
    // Whatever a policy says: here, everything.
    const all: PolicyDocument = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "*", Resource: "*" },
    };
    const powerful = preparePolicies([all], { boundaries: [boundary] });
    for (const action of ["iam:CreateUser", "dynamodb:DeleteTable", "s3:GetObject"]) {
      const request = { action, resource: plan.tables[0]?.arn ?? "", context: {} };
      expect(powerful(request)).toMatchObject({ unallowedBy: "boundaries" });
    }
  });

  it("has given each role its own policy to the letter, no other policy, and the boundary", async () => {
    for (const { role } of plan.functions) {
      const form = (action: string) =>
        iam({ Action: action, RoleName: role.name, PolicyName: "function" });
      expect(sorted(policyIn(await form("GetRolePolicy")))).toEqual(
        sorted(policyDocument(role.statements)),
      );
      expect(await form("ListAttachedRolePolicies")).not.toContain("<member>");
      expect(await form("GetRole")).toContain(plan.deployment.permissionsBoundary.arn);
    }
  });

  it("has made the table as it was planned", async () => {
    const [table] = plan.tables;
    const answer = await ask("dynamodb", "/", {
      method: "POST",
      headers: { "X-Amz-Target": "DynamoDB_20120810.DescribeTable" },
      body: JSON.stringify({ TableName: table?.name }),
    });
    expect(JSON.parse(await answer.text()).Table).toMatchObject({
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
      DeletionProtectionEnabled: false,
      KeySchema: [{ AttributeName: "PK" }, { AttributeName: "SK" }],
      GlobalSecondaryIndexes: [{ IndexName: "ActiveProductsIndex" }],
      SSEDescription: { Status: "ENABLED" },
    });
  });

  it("refuses credentials of another account, before it reads or changes anything", async () => {
    const other = [...given(), "-var=account_id=111111111111"];
    const { exitCode, stderr } = await terraform("stacks/service", ["plan", ...other], moto.env);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/AWS account ID not allowed: 536580886816/);
  });

  function given(): string[] {
    const variables = path.join(folder, "services/product/terraform/environments/dev.tfvars.json");
    return [variables, path.join(folder, "artifacts.tfvars.json")].map((f) => `-var-file=${f}`);
  }

  async function succeed(stack: string, args: readonly string[]) {
    const outcome = await terraform(stack, [...args, "-no-color"], moto.env);
    expect(outcome.exitCode, `${outcome.stdout.slice(-3_000)}\n${outcome.stderr}`).toBe(0);
    return outcome;
  }

  async function outputsOf(stack: string) {
    const { stdout } = await terraform(stack, ["output", "-json"], moto.env);
    const outputs: Record<string, { value: unknown }> = JSON.parse(stdout);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { value }]) => [name, value]),
      // biome-ignore lint/suspicious/noExplicitAny: what Terraform says, to be compared.
    ) as Record<string, any>;
  }

  /** A call to one of AWS's services; the emulator reads from the signature which one, and does not check it. */
  async function ask(service: string, target: string, init: RequestInit = {}): Promise<Response> {
    const scope = `test/20260101/${plan.region}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
    const answer = await fetch(`${moto.url}${target}`, {
      ...init,
      headers: { ...init.headers, Authorization: authorization },
      signal: AbortSignal.timeout(30_000),
    });
    if (!answer.ok) throw new Error(`${service} ${target}: ${answer.status}`);
    return answer;
  }

  async function json(service: string, target: string) {
    return JSON.parse(await (await ask(service, target)).text());
  }

  async function boundaryOf(name: string): Promise<PolicyDocument> {
    const PolicyArn = `arn:aws:iam::${plan.accountId}:policy/${name}`;
    return policyIn(await iam({ Action: "GetPolicyVersion", PolicyArn, VersionId: "v1" }));
  }

  async function iam(parameters: Record<string, string>): Promise<string> {
    const body = new URLSearchParams({ Version: "2010-05-08", ...parameters });
    return (await ask("iam", "/", { method: "POST", body })).text();
  }
});

type Artifacts = Record<string, { file: string; key: string; sha256: string }>;

interface Permission {
  readonly Condition: { readonly ArnLike: Readonly<Record<string, string>> };
}

/** The Product service's zips, as `lambdakit package` makes them. */
async function packageProduct(output: string): Promise<Artifacts> {
  const bin = path.join(root, "dist/cli/bin.js");
  const service = path.join(root, "services/product");
  await promisify(execFile)(process.execPath, [
    bin,
    ...["package", "--service", service, "--output", output, "--quiet"],
  ]);
  const list = JSON.parse(await readFile(path.join(output, "artifacts.json"), "utf8"));
  const functions: Record<string, { zip: string; sha256: string }> = list.functions;
  const variables = artifactVariables(functions).artifacts;
  return Object.fromEntries(
    Object.entries(functions).map(([key, { zip, sha256 }]) => [
      key,
      { file: path.join(output, zip), key: variables[key]?.key ?? "", sha256 },
    ]),
  );
}

/** The policy in one of IAM's answers, which are XML with a URL's encoding inside. */
function policyIn(xml: string): PolicyDocument {
  const [, text = ""] = /<(?:Policy)?Document>(.*?)<\/(?:Policy)?Document>/s.exec(xml) ?? [];
  return JSON.parse(decodeURIComponent(text.replaceAll("&quot;", '"').replaceAll("&amp;", "&")));
}

/** With the keys of every object in order: AWS keeps none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
