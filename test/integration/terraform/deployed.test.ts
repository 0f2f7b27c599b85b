/**
 * What is deployed, asked as its callers would ask it: an emulator as three accounts, each prepared and
 * deployed to by the commands that people type, read back through AWS's APIs, and served from what
 * was read: the API's routes, the aliases' versions, their zips, under the roles' policies.
 */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodes } from "../../../src/errors/index.ts";
import { environmentNames } from "../../../src/manifest/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../../src/plan/index.ts";
import { type Cloud, cloudLacks, startCloud } from "../../cloud.ts";
import { type Account, enterAccount } from "../../deployed/account.ts";
import { type DeployedService, readDeployed } from "../../deployed/deployed-service.ts";
import { grantedCalls, keysIn } from "../../deployed/granted-calls.ts";
import { type LiveDeployment, serveLive } from "../../deployed/live/serve-live.ts";
import { mayInvoke } from "../../deployed/may-invoke.ts";
import { productSession } from "../../deployed/product-session.ts";
import {
  allowedCalls,
  everyTableCall,
  otherPermissions,
  resourcesAround,
} from "../../deployed/role-calls.ts";
import { say, timed } from "../../deployed/step-times.ts";
import { useProcesses } from "../../process-environments.ts";
import { productClone } from "../../product-clone.ts";
import { sampleProduct } from "../../product-copy.ts";
import { productManifest } from "../../product-plan.ts";
import { expectedStatuses, readmeSession } from "../../readme-session.ts";

const missing = cloudLacks();
if (missing.length > 0) {
  process.stderr.write(`No deployed service is asked: ${missing.join("; ")}.\n`);
}

const consent: Readonly<Record<EnvironmentName, readonly string[]>> = {
  dev: [],
  sit: ["--confirm", "deploy"],
  prod: ["--confirm", "deploy-to-production", "--reason", "CHG-1234: the first release"],
};

/** An environment of the service, and the account that it is. */
interface Target {
  readonly plan: ServicePlan;
  readonly account: Account;
  /** As `deploy` has printed it. */
  url: string;
}

describe.skipIf(missing.length > 0)("the deployed Product service", () => {
  const processes = useProcesses();
  const manifest = productManifest();
  const targets = new Map<EnvironmentName, Target>();
  let folder: string;
  let service: string;
  let cloud: Cloud;

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), "lambdakit-deployed-")));
    service = await timed("clone", () => productClone((files) => files, folder));
    cloud = await startCloud(planService(manifest, "dev").region);
    for (const name of environmentNames) {
      const plan = planService(manifest, name);
      const account = await enterAccount(cloud.moto, plan.accountId, plan.region);
      targets.set(name, { plan, account, url: "" });
    }
  }, 120_000);

  afterAll(async () => {
    await cloud?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it("is deployed to three accounts by the commands, each with its own consent", async () => {
    // One build for all: the second and third deploy find it as it was left.
    const build = ["package", "--service", service, "--quiet"];
    const { exitCode, stderr } = await cloud.lambdakit(target("dev").plan.accountId, build);
    expect(exitCode, stderr).toBe(0);
    const all = environmentNames.map(async (name) => {
      await succeed("bootstrap", name);
      const { url } = await succeed("deploy", name, ...consent[name]);
      target(name).url = url;
    });
    await timed("three accounts", () => Promise.all(all));
    for (const name of environmentNames) {
      const { region } = target(name).plan;
      expect(target(name).url).toMatch(
        new RegExp(`^https://\\w+\\.execute-api\\.${region}\\.amazonaws\\.com/v1$`),
      );
    }
  }, 300_000);

  it("is the same bytes in all of them", async () => {
    const digests = await Promise.all(
      environmentNames.map(async (name) => {
        const { functions } = await deployed(name);
        return [...functions.values()].map(({ codeSha256 }) => codeSha256).sort();
      }),
    );
    expect(digests[0]).toHaveLength(5);
    expect(digests).toEqual([digests[0], digests[0], digests[0]]);
  }, 60_000);

  describe.each(environmentNames)("in %s", (name) => {
    it("answers the session of README.md, and refuses what is wrong, under the deployed policies", async () => {
      const served = await serve(name);
      try {
        await timed(`session in ${name}`, async () => {
          const { statuses, output } = await readmeSession(served.url);
          expect(statuses).toEqual(expectedStatuses);
          expect(output).toContain('"price":"149.99"');
          await productSession(`${served.url}/v1.0/products`);
        });
        expect(served.denied).toEqual([]);
        const logged = served.lines.map((line) => JSON.parse(line));
        const isDeployed = ({ environment, function_arn: arn }: Record<string, string>) =>
          environment === name && arn?.endsWith(`-${name}:live`);
        expect(logged.filter((line) => !isDeployed(line))).toEqual([]);
        expect(logged.some(({ level }) => level === "INFO")).toBe(name !== "prod");
      } finally {
        await served.stop();
      }
    }, 60_000);

    it("lets the API call each function for its own routes alone", async () => {
      const service = await deployed(name);
      for (const [arn, lambda] of service.functions) {
        const routes = service.api.routes.filter((route) => mayInvoke(service, route, lambda));
        expect(routes.map(routeName)).toEqual(
          service.api.routes.filter((route) => route.function === arn).map(routeName),
        );
      }
      expect(service.api.routes.map(routeName).sort()).toEqual(
        target(name).plan.api.routes.map(routeName).sort(),
      );
    }, 30_000);

    it("lets each role make its own calls, and no other", async () => {
      const { functions, tables, region } = await deployed(name);
      expect(tables.map(({ arn }) => arn)).toEqual(target(name).plan.tables.map(({ arn }) => arn));
      const { accountId } = target(name).plan;
      const [{ arn, indexes } = { arn: "", indexes: [] }] = tables;
      const resources = resourcesAround(arn, indexes[0]?.name ?? "");
      const calls = everyTableCall(resources, keysIn(manifest));
      for (const { lambda, role } of functions.values()) {
        const own = grantedCalls(manifest, keyOf(lambda.name, name));
        expect([role.name, allowedCalls(role, calls).sort()]).toEqual([lambda.name, own.sort()]);
        const log = `arn:aws:logs:${region}:${accountId}:log-group:/aws/lambda/${lambda.name}:*`;
        expect([role.name, otherPermissions(role)]).toEqual([
          lambda.name,
          [
            `logs:CreateLogStream ${log}`,
            `logs:PutLogEvents ${log}`,
            "xray:PutTelemetryRecords *",
            "xray:PutTraceSegments *",
          ],
        ]);
        expect(role.boundaries).toHaveLength(1);
      }
      say(`${name}: ${calls.length} calls to tables for each of ${functions.size} roles`);
    }, 60_000);
  });

  it("is not changed by a second deploy", async () => {
    const { changes, steps } = await succeed("deploy", "dev");
    expect(changes).toEqual([]);
    expect(steps.map(({ what }) => what)).not.toContain("applied");
  }, 120_000);

  it("answers 500, and says why in its log, once its role has lost a permission", async () => {
    const { account } = target("dev");
    const name = "bbws-product-create-dev";
    const at = { RoleName: name, PolicyName: "function" };
    const [policy] = (await role("dev", name)).policies;
    const less = JSON.stringify(policy).replaceAll("dynamodb:PutItem", "dynamodb:Scan");
    await account.iam("PutRolePolicy", { ...at, PolicyDocument: less });
    const served = await serve("dev");
    try {
      const response = await fetch(`${served.url}/v1.0/products`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Connection: "close" },
        body: JSON.stringify(sampleProduct),
      });
      expect(response.status).toBe(500);
      expect(await response.text()).not.toMatch(/dynamodb|denied|arn:/i);
      expect(served.denied.map(({ function: key, action }) => [key, action])).toContainEqual([
        name,
        "dynamodb:PutItem",
      ]);
      expect(served.lines.join("\n")).toMatch(
        /AccessDeniedException.*is not authorized to perform: dynamodb:PutItem/,
      );
    } finally {
      await served.stop();
    }
  }, 60_000);

  it("answers 500 where the API may not call the function any more", async () => {
    const { account } = target("dev");
    const name = "bbws-product-list-dev";
    const at = `/2015-03-31/functions/${name}/policy`;
    const { Policy } = await account.json("lambda", `${at}?Qualifier=live`);
    const [{ Sid }] = JSON.parse(Policy).Statement;
    await account.ask("lambda", `${at}/${Sid}?Qualifier=live`, { method: "DELETE" });
    const served = await serve("dev");
    try {
      const headers = { Connection: "close" };
      const response = await fetch(`${served.url}/v1.0/products`, { headers });
      expect([response.status, await response.json()]).toEqual([
        500,
        { message: "Internal server error" },
      ]);
    } finally {
      await served.stop();
    }
  }, 60_000);

  it("shows in the next plan what was changed by hand, and nothing else", async () => {
    const { changes } = await succeed("plan", "dev");
    expect(changes.map(({ action, address }) => `${action} ${address}`).sort()).toEqual([
      'create module.api[0].aws_lambda_permission.route["GET /v1.0/products"]',
      'update module.function["create"].aws_iam_role_policy.this',
    ]);
  }, 120_000);

  /** `list` for `bbws-product-list-dev`. */
  function keyOf(lambdaName: string, name: EnvironmentName): string {
    return target(name).plan.functions.find((one) => one.name === lambdaName)?.key ?? "";
  }

  function target(name: EnvironmentName): Target {
    return targets.get(name) as Target;
  }

  function deployed(name: EnvironmentName): Promise<DeployedService> {
    const { account, url, plan } = target(name);
    return readDeployed(account, url, plan.deployment.artifactBucket);
  }

  function serve(name: EnvironmentName): Promise<LiveDeployment> {
    const { account, url, plan } = target(name);
    const { artifactBucket } = plan.deployment;
    return serveLive({ account, url, artifactBucket, bootstrap: processes.bootstrap });
  }

  async function role(name: EnvironmentName, lambda: string) {
    const { functions } = await deployed(name);
    const found = [...functions.values()].find((one) => one.lambda.name === lambda);
    if (found === undefined) throw new Error(`There is no ${lambda}.`);
    return found.role;
  }

  /** Runs a command with `--json`, in the account of its environment, and says what took how long. */
  async function succeed(
    command: "bootstrap" | "deploy" | "plan",
    name: EnvironmentName,
    ...more: readonly string[]
  ): Promise<Told> {
    const args = [command, "--service", service, "--env", name, "--json", ...more];
    const started = performance.now();
    const { exitCode, stdout, stderr } = await cloud.lambdakit(target(name).plan.accountId, args);
    // A plan that would change something is told apart by its exit code.
    expect(exitCode, `${stdout}\n${stderr}`).toBe(command === "plan" ? exitCodes.differences : 0);
    const told: Told = JSON.parse(stdout);
    const steps = told.steps.map(({ what, milliseconds }) => `${what} ${seconds(milliseconds)}`);
    say(
      `${command} in ${name}: ${seconds(performance.now() - started)} s (${steps.join(", ")}), changes: ${told.changes.length}`,
    );
    return told;
  }
});

/** What the commands say with `--json`, as far as it is looked at here. */
interface Told {
  readonly url: string;
  readonly changes: readonly { readonly address: string; readonly action: string }[];
  readonly steps: readonly { readonly what: string; readonly milliseconds: number }[];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

function routeName({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}
