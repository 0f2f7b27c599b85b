/**
 * A service's whole life, as Terraform and its provider live it with an emulator: made, changed in all that a manifest
 * can change, and deleted. What they call meanwhile is heard between them.
 */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { artifactVariables, backendConfiguration } from "../../src/deploy/index.ts";
import { startMoto } from "../../src/emulator/start-moto.ts";
import type { ServicePlan } from "../../src/plan/index.ts";
import { startKillingProxy } from "../killing-proxy.ts";
import { copyTerraform, type TerraformTools, terraformIn } from "../terraform.ts";
import { keepProviders } from "../terraform-provider.ts";

// biome-ignore lint/suspicious/noExplicitAny: variables of Terraform, which are changed here and there
type Variables = any;

/** @returns what IAM is asked for them, each once: see `actionOf` */
export async function terraformLife(
  plan: ServicePlan,
  variables: string,
  tools: TerraformTools,
): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "lambdakit-life-"));
  const moto = await startMoto(plan.region, plan.accountId, false);
  const proxy = await startKillingProxy(moto.url);
  const providers = keepProviders(tools);
  try {
    const terraform = await terraformIn(folder, tools, providers);
    await copyTerraform(folder, { emulator: true });
    const run = async (args: readonly string[]) => {
      const [command = "", ...rest] = args;
      const env = { ...moto.env, AWS_ENDPOINT_URL: proxy.url };
      const ran = await terraform("stacks/service", [command, "-no-color", ...rest], env);
      if (ran.exitCode !== 0) throw new Error(`${ran.stdout.slice(-3_000)}${ran.stderr}`);
    };
    await prepareAccount(plan, moto.url);
    const backend = Object.entries(backendConfiguration(plan));
    await run(["init", ...backend.map(([name, value]) => `-backend-config=${name}=${value}`)]);
    const made: Variables = JSON.parse(await readFile(variables, "utf8"));
    let version = 0;
    // Back again, too, with other tags; then without the API, since the emulator cannot change its tags.
    const { Owner: _, ...tags } = made.tags;
    const last = { ...made, tags: { ...tags, Component: "Other", More: "yes" }, api: null };
    for (const stage of [made, changed(structuredClone(made)), last]) {
      version += 1;
      const artifact = await upload(plan, moto.url, version);
      const artifacts = Object.fromEntries(
        Object.keys(stage.functions).map((key) => [key, artifact]),
      );
      const file = path.join(folder, `${version}.tfvars.json`);
      await writeFile(file, JSON.stringify({ ...stage, ...artifactVariables(artifacts) }));
      await run(["apply", "-auto-approve", `-var-file=${file}`]);
      if (version === 3) await run(["destroy", "-auto-approve", `-var-file=${file}`]);
    }
    return [...new Set(proxy.calls.map(actionOf))].sort();
  } finally {
    await providers.stop();
    await proxy.stop();
    await moto.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A call by its name, as `callName` has it, in IAM's words. */
export function actionOf(call: string): string {
  const [said = "", operation = "", where = ""] = call.split(" ");
  const service = said === "monitoring" ? "cloudwatch" : said;
  if (service !== "lambda" || !where.startsWith("/")) return `${service}:${operation}`;
  if (where.endsWith("/code-signing-config")) return "lambda:GetFunctionCodeSigningConfig";
  if (where.includes("/tags/")) {
    return operation === "POST" ? "lambda:TagResource" : "lambda:UntagResource";
  }
  return call;
}

/** All that can be otherwise in the same service, and something more of each kind that there may be any number of. */
function changed(all: Variables): Variables {
  all.notify = { page: ["mailto:a@example.com"], ticket: ["mailto:b@example.com"] };
  const [first = ""] = Object.keys(all.functions);
  for (const one of Object.values<Variables>(all.functions)) {
    Object.assign(one, { memory_mb: 512, timeout_seconds: 10, log_retention_days: 14 });
    one.description = `${one.description}, changed`;
    one.reserved_concurrency = 5;
    one.statements = one.statements.slice(0, 1);
  }
  const again = JSON.stringify(all.functions[first]).replaceAll(`-${first}-`, "-again-");
  all.functions.again = { ...JSON.parse(again), routes: [] };
  for (const table of Object.values<Variables>(all.tables)) {
    table.time_to_live_attribute = null;
    table.indexes = { ...table.indexes, More: { partition_key: table.sort_key, sort_key: null } };
  }
  const [table = ""] = Object.keys(all.tables);
  all.tables.more = { ...all.tables[table], name: "more-dev", time_to_live_attribute: "gone" };
  all.api.log_retention_days = 14;
  all.api.requests_per_second += 1;
  all.api.body.info = { ...all.api.body.info, description: "Changed" };
  for (const alarm of Object.values<Variables>(all.alarms)) alarm.threshold += 1;
  const [alarm = ""] = Object.keys(all.alarms);
  all.alarms[`${alarm}-more`] = all.alarms[alarm];
  all.dashboard.body.start = "-PT6H";
  return all;
}

async function prepareAccount({ deployment, region }: ServicePlan, url: string): Promise<void> {
  for (const bucket of [deployment.stateBucket, deployment.artifactBucket]) {
    const where = `<LocationConstraint>${region}</LocationConstraint>`;
    const body = `<CreateBucketConfiguration>${where}</CreateBucketConfiguration>`;
    await s3(url, `/${bucket}`, Buffer.from(body));
  }
}

/** A zip without a file, and with a comment, so that each is another. */
async function upload({ deployment }: ServicePlan, url: string, version: number) {
  const end = Buffer.alloc(23);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 20);
  end.writeUInt8(version, 22);
  const sha256 = createHash("sha256").update(end).digest("hex");
  const key = artifactVariables({ one: { sha256 } }).artifacts.one?.key;
  await s3(url, `/${deployment.artifactBucket}/${key}`, end);
  return { sha256 };
}

async function s3(url: string, target: string, body: Buffer): Promise<void> {
  const scope = "test/20260101/eu-west-1/s3/aws4_request";
  const Authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
  const answer = await fetch(`${url}${target}`, {
    method: "PUT",
    headers: { Authorization },
    body: new Uint8Array(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
