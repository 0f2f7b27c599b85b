/**
 * What is deployed, asked as its callers would ask it: an emulator as three accounts, each prepared and
 * deployed to by the commands that people type, read back through AWS's APIs, and served from what
 * was read: the API's routes, the aliases' versions, their zips, under the roles' policies.
 */
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mayAuthorize, mayInvoke } from "../../../src/emulator/deployed/may-invoke.ts";
import { trafficMetrics } from "../../../src/emulator/figures/traffic-metrics.ts";
import { exitCodes } from "../../../src/errors/index.ts";
import { environmentNames } from "../../../src/manifest/index.ts";
import { metricsLogMessage } from "../../../src/names.ts";
import type { EnvironmentName } from "../../../src/plan/index.ts";
import { cloudLacks } from "../../cloud.ts";
import { grantedCalls, keysIn } from "../../deployed/granted-calls.ts";
import { productSession } from "../../deployed/product-session.ts";
import {
  allowedCalls,
  everyTableCall,
  otherPermissions,
  resourcesAround,
} from "../../deployed/role-calls.ts";
import { say, timed } from "../../deployed/step-times.ts";
import { openThreeAccounts, type ThreeAccounts } from "../../deployed/three-accounts.ts";
import { judgeAlarms } from "../../deployed/traffic/judge-alarms.ts";
import { type SteadyClient, steadyClient } from "../../deployed/traffic/steady-client.ts";
import { useProcesses } from "../../process-environments.ts";
import { sampleProduct } from "../../product-copy.ts";
import { productManifest } from "../../product-plan.ts";
import { releaseHeader, secondReleases } from "../../product-releases.ts";
import { expectedStatuses, readmeSession } from "../../readme-session.ts";

/** For so long, whoever serves what is deployed takes an alias for where it was. */
const aliasAgeMilliseconds = 100;

const missing = cloudLacks();
if (missing.length > 0) {
  process.stderr.write(`No deployed service is asked: ${missing.join("; ")}.\n`);
}

/** How a release comes to each environment. */
const arrive: Readonly<Record<EnvironmentName, readonly string[]>> = {
  dev: ["deploy"],
  sit: ["promote", "--from", "dev", "--to", "sit", "--confirm", "deploy"],
  prod: [
    ...["promote", "--from", "sit", "--to", "prod"],
    ...["--confirm", "deploy-to-production", "--reason", "CHG-1234: products"],
  ],
};

describe.skipIf(missing.length > 0)("the deployed Product service", () => {
  const processes = useProcesses();
  const manifest = productManifest();
  let accounts: ThreeAccounts;

  beforeAll(async () => {
    accounts = await openThreeAccounts(processes.bootstrap);
  }, 120_000);

  afterAll(() => accounts?.stop());

  it("comes to three accounts: built in DEV, promoted to SIT, promoted to PROD, verified in each", async () => {
    const { tell } = accounts;
    await timed("bootstrap", () =>
      Promise.all(environmentNames.map((name) => tell(name, ["bootstrap", "--env", name]))),
    );
    const releases = new Set<string>();
    for (const name of environmentNames) {
      // Nothing answers yet where nothing is deployed.
      const { url, release } = await tell(name, [...arrive[name], "--skip-verify"]);
      accounts.target(name).url = url;
      releases.add(release);
      const { region } = accounts.target(name).plan;
      expect(url).toMatch(
        new RegExp(`^https://\\w+\\.execute-api\\.${region}\\.amazonaws\\.com/v1$`),
      );
      const served = await accounts.serve(name);
      try {
        const { checks } = await tell(name, ["verify", "--env", name]);
        say(`verified in ${name}: ${checks.length} checks`);
      } finally {
        await served.stop();
      }
    }
    expect(releases.size).toBe(1);
  }, 400_000);

  it("is the same bytes in all of them", expectSameDigests, 60_000);

  async function expectSameDigests(): Promise<void> {
    const digests = await Promise.all(
      environmentNames.map(async (name) => {
        const { functions } = await accounts.deployed(name);
        return [...functions.values()].map(({ codeSha256 }) => codeSha256).sort();
      }),
    );
    // The five, and who says who may call them.
    expect(digests[0]).toHaveLength(6);
    expect(digests).toEqual([digests[0], digests[0], digests[0]]);
  }

  describe.each(environmentNames)("in %s", (name) => {
    it("answers the session of README.md, and refuses what is wrong, under the deployed policies", async () => {
      const served = await accounts.serve(name);
      try {
        await timed(`session in ${name}`, async () => {
          const { statuses, output } = await readmeSession(served.url, accounts.token(name));
          expect(statuses).toEqual(expectedStatuses);
          expect(output).toContain('"price":"149.99"');
          await productSession(`${served.url}/v1.0/products`, accounts.token(name));
        });
        expect(served.denied).toEqual([]);
        // Metrics are written at any level, in lines that have nothing but them.
        const logged = served.lines
          .map((line) => JSON.parse(line))
          .filter(({ message }) => message !== metricsLogMessage);
        const isDeployed = ({ environment, function_arn: arn }: Record<string, string>) =>
          environment === name && arn?.endsWith(`-${name}:live`);
        expect(logged.filter((line) => !isDeployed(line))).toEqual([]);
        // The authorizer writes its line at any level: who was let in, and who was not.
        const isAuthorizers = ({ function_name: of }: Record<string, string>) =>
          of === accounts.target(name).plan.api.authorizer?.function.name;
        const [authorizers, own] = [
          logged.filter(isAuthorizers),
          logged.filter((line) => !isAuthorizers(line)),
        ];
        expect(authorizers.map(({ level }) => level)).toContain("INFO");
        expect(own.some(({ level }) => level === "INFO")).toBe(name !== "prod");
      } finally {
        await served.stop();
      }
    }, 60_000);

    it("lets anybody read, and nobody write but who may: 401, 403, 201", async () => {
      const served = await accounts.serve(name);
      const ask = async (method: string, token?: string) => {
        const { status, headers, text } = await send(`${served.url}/v1.0/products`, method, token);
        return [status, headers.get("Access-Control-Allow-Origin"), text] as const;
      };
      try {
        expect((await ask("GET"))[0]).toBe(200);
        expect(await ask("POST")).toEqual([401, "*", '{"message":"Unauthorized"}']);
        const nobody = [401, "*", '{"message":"Unauthorized"}'];
        expect(await ask("POST", "nonsense")).toEqual(nobody);
        const forged = accounts.token(name).replace(/[^.]+$/, (signature) => flipped(signature));
        expect(await ask("POST", forged)).toEqual(nobody);
        const other = name === "prod" ? "sit" : "prod";
        expect([await ask("POST", accounts.token(other))]).toEqual([nobody]);
        const reader = await ask("POST", accounts.token(name, ["products:read"]));
        expect([reader[0], reader[1], JSON.parse(reader[2])]).toEqual([
          403,
          "*",
          { message: expect.stringMatching(/^User is not authorized to access this resource/) },
        ]);
        expect((await ask("POST", accounts.token(name)))[0]).toBe(201);
        // What was refused has reached no function: there is one product, and not five.
        expect(JSON.parse((await ask("GET"))[2]).count).toBe(1);
        expect(served.denied).toEqual([]);
      } finally {
        await served.stop();
      }
    }, 60_000);

    it("lets the API ask the authorizer, which is allowed to write its log and nothing else", async () => {
      const service = await accounts.deployed(name);
      const { aliasArn = "" } = service.authorizer ?? {};
      const authorizer = service.functions.get(aliasArn);
      if (authorizer === undefined) throw new Error("There is no authorizer.");
      expect(mayAuthorize(service, authorizer)).toBe(true);
      for (const [arn, lambda] of service.functions) {
        expect([arn, mayAuthorize(service, lambda)]).toEqual([arn, arn === aliasArn]);
      }
      const { cacheSeconds } = service.authorizer ?? {};
      expect(cacheSeconds).toBe(accounts.target(name).plan.api.authorizer?.cacheSeconds);
      expect(authorizer.lambda.environmentVariables).toEqual(
        accounts.target(name).plan.api.authorizer?.function.environmentVariables,
      );
    }, 30_000);

    it("lets the API call each function for its own routes alone", async () => {
      const service = await accounts.deployed(name);
      for (const [arn, lambda] of service.functions) {
        const routes = service.api.routes.filter((route) => mayInvoke(service, route, lambda));
        expect(routes.map(routeName)).toEqual(
          service.api.routes.filter((route) => route.function === arn).map(routeName),
        );
      }
      expect(service.api.routes.map(routeName).sort()).toEqual(
        accounts.target(name).plan.api.routes.map(routeName).sort(),
      );
    }, 30_000);

    it("lets each role make its own calls, and no other", async () => {
      const { functions, tables, region } = await accounts.deployed(name);
      expect(tables.map(({ arn }) => arn)).toEqual(
        accounts.target(name).plan.tables.map(({ arn }) => arn),
      );
      const { accountId } = accounts.target(name).plan;
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

  describe("its next releases", () => {
    it("reach PROD by a canary, and callers see no failure; back is a matter of seconds, and forward too", async () => {
      const { edit, tell } = accounts;
      await edit(secondReleases.good);
      await reachSit();
      const served = await accounts.serve("prod", { aliasAgeMilliseconds });
      const callers = callersFromTheShiftOn(served.url);
      try {
        const canary = ["--canary", "10%:4s,50%:2s"];
        const promoted = await accounts.run("prod", [...arrive.prod, ...canary], callers.onLine);
        expect(promoted.exitCode, promoted.stderr).toBe(0);
        expect(await releaseAt(served.url)).toBe("good");
        const words = arrive.prod.slice(5);
        const back = await tell("prod", ["rollback", "--env", "prod", ...words]);
        expect(await releaseAt(served.url)).toBeNull();
        const forward = ["rollback", "--env", "prod", "--to", back.from, ...words];
        expect((await tell("prod", forward)).from).toBe(back.release);
        expect(await releaseAt(served.url)).toBe("good");
      } finally {
        const summary = await callers.stop();
        await served.stop();
        say(JSON.stringify(summary));
        expect(summary).toMatchObject({ failed: 0, failedByVersion: {} });
        expect(Object.keys(summary.byVersion)).toEqual(["1", "2"]);
      }
      await expectSameDigests();
    }, 400_000);

    it("that fail one request in five go back by themselves, with the alarm's name, and nobody else is hurt", async () => {
      const { edit, run, target } = accounts;
      await edit(secondReleases.badInProd);
      await reachSit();
      const { account } = target("prod");
      const metrics = trafficMetrics(account);
      // Five minutes are 20 s: a bad tenth that fails once in five has the errors then that an alarm needs.
      const judge = await judgeAlarms(account, { minuteMilliseconds: 4_000 });
      const served = await accounts.serve("prod", {
        aliasAgeMilliseconds,
        onTraffic(traffic) {
          metrics.observe(traffic);
          judge.observe(traffic);
        },
      });
      const callers = callersFromTheShiftOn(served.url);
      try {
        const { exitCode, stderr } = await timed("bad canary", () =>
          run("prod", [...arrive.prod, "--canary", "10%:2m"], callers.onLine),
        );
        expect([exitCode, stderr]).toEqual([
          1,
          expect.stringMatching(
            /RELEASE_ROLLED_BACK\n {2}The release was rolled back in prod: the alarm\n? *bbws-product-api-5xx-errors-prod/,
          ),
        ]);
        expect(await releaseAt(served.url)).toBe("good");
      } finally {
        const summary = await callers.stop();
        await served.stop();
        await metrics.stop();
        await judge.stop();
        say(JSON.stringify(summary));
        expect(Object.keys(summary.failedByVersion)).toEqual(["3"]);
      }
      const history = await run("prod", ["releases", "history", "--env", "prod"]);
      expect(history.stdout).toMatch(/^\d+ .* promote \w+ after \w+\n {3}rolled-back after/);
      expect(history.stdout).toContain("reason: CHG-1234: products");
    }, 400_000);

    /** 50 requests a second, as soon as Terraform has done its work: on two processors there is no room for both. */
    function callersFromTheShiftOn(url: string) {
      let client: Promise<SteadyClient> | undefined;
      return {
        onLine(line: string) {
          if (line.startsWith("asked what there is")) {
            client = steadyClient(url, { token: accounts.token("prod") });
          }
        },
        async stop() {
          if (client === undefined) throw new Error("Nothing was shifted.");
          return (await client).stop();
        },
      };
    }

    async function reachSit(): Promise<void> {
      for (const name of ["dev", "sit"] as const) {
        const served = await accounts.serve(name);
        try {
          await accounts.tell(name, arrive[name]);
        } finally {
          await served.stop();
        }
      }
    }

    /** What callers get now, once what was known of the aliases is too old. */
    async function releaseAt(url: string): Promise<string | null> {
      await setTimeout(2 * aliasAgeMilliseconds);
      const answer = await fetch(`${url}/v1.0/products`, { headers: { Connection: "close" } });
      return answer.headers.get(releaseHeader);
    }
  });

  it("is not changed by a second deploy", async () => {
    const { changes, outcome, steps } = await accounts.tell("dev", ["deploy"]);
    expect([changes, outcome]).toEqual([[], "already-live"]);
    expect(steps.map(({ what }) => what)).not.toContain("applied");
  }, 120_000);

  it("answers 500, and says why in its log, once its role has lost a permission", async () => {
    const { account } = accounts.target("dev");
    const name = "bbws-product-create-dev";
    const at = { RoleName: name, PolicyName: "function" };
    const [policy] = (await role("dev", name)).policies;
    const less = JSON.stringify(policy).replaceAll("dynamodb:PutItem", "dynamodb:Scan");
    await account.iam("PutRolePolicy", { ...at, PolicyDocument: less });
    const served = await accounts.serve("dev");
    try {
      const token = accounts.token("dev");
      const { status, text } = await send(`${served.url}/v1.0/products`, "POST", token);
      expect(status).toBe(500);
      expect(text).not.toMatch(/dynamodb|denied|arn:/i);
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
    const { account } = accounts.target("dev");
    const name = "bbws-product-list-dev";
    const at = `/2015-03-31/functions/${name}/policy`;
    const { Policy } = await account.json("lambda", `${at}?Qualifier=live`);
    const [{ Sid }] = JSON.parse(Policy).Statement;
    await account.ask("lambda", `${at}/${Sid}?Qualifier=live`, { method: "DELETE" });
    const served = await accounts.serve("dev");
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

  it("answers 500 to writes where the API may not ask the authorizer any more", async () => {
    const { account } = accounts.target("dev");
    const at = "/2015-03-31/functions/bbws-product-authorizer-dev/policy/authorizer?Qualifier=live";
    await account.ask("lambda", at, { method: "DELETE" });
    const served = await accounts.serve("dev");
    try {
      const token = accounts.token("dev");
      const { status, text } = await send(`${served.url}/v1.0/products`, "POST", token);
      expect([status, text]).toEqual([500, '{"message":null}']);
    } finally {
      await served.stop();
    }
  }, 60_000);

  it("shows in the next plan what was changed by hand, and nothing else", async () => {
    const { changes } = await accounts.tell("dev", ["plan"], exitCodes.differences);
    expect(changes.map(({ action, address }) => `${action} ${address}`).sort()).toEqual([
      "create module.api[0].aws_lambda_permission.authorizer[0]",
      'create module.api[0].aws_lambda_permission.route["GET /v1.0/products"]',
      'update module.function["create"].aws_iam_role_policy.this',
    ]);
  }, 120_000);

  /** `list` for `bbws-product-list-dev`. */
  function keyOf(lambdaName: string, name: EnvironmentName): string {
    return accounts.target(name).plan.functions.find((one) => one.name === lambdaName)?.key ?? "";
  }

  async function role(name: EnvironmentName, lambda: string) {
    const { functions } = await accounts.deployed(name);
    const found = [...functions.values()].find((one) => one.lambda.name === lambda);
    if (found === undefined) throw new Error(`There is no ${lambda}.`);
    return found.role;
  }
});

function routeName({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

/** Sends a request, a write with a product. @param token of the caller. @default nobody's */
async function send(url: string, method: string, token?: string) {
  const response = await fetch(url, {
    method,
    headers: {
      "Content-Type": "application/json",
      Connection: "close",
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    ...(method === "GET" ? {} : { body: JSON.stringify(sampleProduct) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Another signature, that could be one. */
function flipped(signature: string): string {
  return `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
}
