import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type LiveDeployment, serveLive } from "../../src/emulator/live/serve-live.ts";
import { type Traffic, versionHeader } from "../../src/emulator/live/traffic.ts";
import { findMoto, type Moto, startMoto } from "../../src/emulator/start-moto.ts";
import { useProcesses } from "../process-environments.ts";
import { productPlan } from "../product-plan.ts";
import { isLacking } from "../terraform.ts";
import { moveAlias } from "./planted/move-alias.ts";
import { importApi, showApi } from "./planted/plant-api.ts";
import { publishVersion } from "./planted/plant-function.ts";
import { type PlantedService, plantService } from "./planted/plant-service.ts";
import { tinyAuthorizer, tinyFunctions, tinyZip } from "./planted/tiny-zip.ts";

/** Says who answers, and with which variables. */
const says = (release: string) =>
  `{ statusCode: 200, body: "${release} " + process.env.AWS_LAMBDA_FUNCTION_VERSION + " " + process.env.LEVEL }`;

describe.skipIf(isLacking(findMoto(), "Nothing is served live"))("a live deployment", () => {
  const processes = useProcesses();
  const plan = productPlan("dev");
  let moto: Moto;
  let planted: PlantedService;
  let live: LiveDeployment;
  let random = 0;
  const traffic: Traffic[] = [];
  beforeAll(async () => {
    moto = await startMoto(plan.region, undefined, false);
    planted = await plantService(moto, plan, tinyFunctions(plan, says("first")));
    live = await serveLive({
      ...planted,
      artifactBucket: plan.deployment.artifactBucket,
      bootstrap: processes.bootstrap,
      random: () => random,
      onTraffic: (one) => traffic.push(one),
    });
  });
  beforeEach(() => {
    random = 0.99;
    traffic.length = 0;
  });
  afterEach(() => moveAlias(planted, "list", "1"));
  afterAll(async () => {
    await live?.stop();
    await moto?.stop();
  });

  it("answers with the version that the alias leads to, from the next request on", async () => {
    const { account } = planted;
    const environmentVariables = { LEVEL: "high" };
    const zip = tinyZip(says("second"));
    const version = await publishVersion(account, plan, "list", { zip, environmentVariables });
    expect(await list()).toEqual([200, "1", "first 1 undefined"]);
    for (let number = 0; number < 3; number++) {
      await moveAlias(planted, "list", version);
      expect(await list()).toEqual([200, version, `second ${version} high`]);
      await moveAlias(planted, "list", "1");
      expect(await list()).toEqual([200, "1", "first 1 undefined"]);
    }
  });

  it("draws a version for each request by the weights", async () => {
    const zip = tinyZip(says("third"));
    const version = await publishVersion(planted.account, plan, "list", { zip });
    await moveAlias(planted, "list", "1", { [version]: 0.1 });
    const drawn = async (value: number) => {
      random = value;
      return (await list())[1];
    };
    expect([await drawn(0), await drawn(0.09), await drawn(0.1), await drawn(0.9)]).toEqual([
      version,
      version,
      "1",
      "1",
    ]);
    await moveAlias(planted, "list", "1");
    expect(await drawn(0)).toBe("1");
  });

  it("lets a request that is under way end on its version", async () => {
    const slow = `await new Promise((done) => setTimeout(done, 400)), ${says("slow")}`;
    const version = await publishVersion(planted.account, plan, "list", { zip: tinyZip(slow) });
    await moveAlias(planted, "list", version);
    await list();
    const underWay = list();
    await setTimeout(100);
    await moveAlias(planted, "list", "1");
    expect((await list())[1]).toBe("1");
    expect((await underWay)[1]).toBe(version);
  });

  it("tells of invocations and answers, those of failures too", async () => {
    const zip = tinyZip(`undefined.thing`);
    const version = await publishVersion(planted.account, plan, "list", { zip });
    await list();
    await moveAlias(planted, "list", version);
    expect((await list()).slice(0, 2)).toEqual([502, version]);
    const functionName = "bbws-product-list-dev";
    const who = { type: "invoked", functionName, alias: "live" };
    const answer = { type: "answered", apiName: plan.api.name, stage: "v1" };
    expect(traffic).toMatchObject([
      { ...who, version: "1", outcome: "answered", milliseconds: expect.any(Number) },
      { ...answer, status: 200 },
      { ...who, version, outcome: "failed" },
      { ...answer, status: 502 },
    ]);
  });

  it("answers 500 where an alias leads to nothing, and recovers", async () => {
    const at = "/2015-03-31/functions/bbws-product-list-dev/aliases";
    await planted.account.ask("lambda", `${at}/live`, { method: "DELETE" });
    expect((await list()).slice(0, 2)).toEqual([500, null]);
    const body = JSON.stringify({ Name: "live", FunctionVersion: "1" });
    await planted.account.ask("lambda", at, { method: "POST", body });
    expect((await list())[0]).toBe(200);
  });

  it("asks the authorizer before a write, and keeps what it said of a token", async () => {
    const zip = tinyZip(
      "{ statusCode: 200, body: JSON.stringify(event.requestContext.authorizer) }",
    );
    await moveAlias(
      planted,
      "create",
      await publishVersion(planted.account, plan, "create", { zip }),
    );
    expect((await create())[0]).toBe(401);
    expect((await create("Bearer nobody"))[0]).toBe(401);
    expect(traffic.filter(isAuthorizer)).toEqual([]);
    expect((await create("Bearer a.b.unknown"))[0]).toBe(401);
    expect((await create("Bearer a.b.none"))[0]).toBe(403);
    expect((await create("Bearer a.b.c"))[0]).toBe(200);
    const [status, version, body] = await create("Bearer a.b.c");
    // The version that answers is the function's, not that of what let it in.
    expect([status, version]).toEqual([200, "2"]);
    expect(JSON.parse(body)).toMatchObject({ principalId: "somebody", sub: "somebody" });
    const outcomes = traffic.filter(isAuthorizer).map((one) => Object(one).outcome);
    expect(outcomes).toEqual(["failed", "answered", "answered"]);
  });

  it("asks the version of the authorizer that its alias leads to", async () => {
    const version = await publishVersion(planted.account, plan, "authorizer", {
      zip: tinyAuthorizer,
    });
    await live.refresh();
    const asked = async () => JSON.parse((await create("Bearer a.b.c"))[2] ?? "").version;
    expect(await asked()).toBe("1");
    await moveAlias(planted, "authorizer", version);
    // What the old one said is kept for its time.
    expect(await asked()).toBe("1");
    await live.refresh();
    expect(await asked()).toBe(version);
    await moveAlias(planted, "authorizer", "1");
  });

  it("answers 500 to writes where the API may not ask the authorizer, and reads go on", async () => {
    const at = "/2015-03-31/functions/bbws-product-authorizer-dev/policy";
    const init = { method: "DELETE" };
    await planted.account.ask("lambda", `${at}/authorizer?Qualifier=live`, init);
    await live.refresh();
    expect([(await create("Bearer a.b.c"))[0], (await list())[0]]).toEqual([500, 200]);
  });

  it("has another API's routes soon after its stage shows them", async () => {
    const path = "/v1.0/more";
    expect((await ask(path))[0]).toBe(403);
    const [route] = plan.api.routes;
    const [preflight] = plan.api.preflights;
    if (route === undefined || preflight === undefined) throw new Error("There are no routes.");
    const api = {
      ...plan.api,
      routes: [...plan.api.routes, { ...route, path }],
      preflights: [...plan.api.preflights, { ...preflight, path }],
    };
    const id = new URL(planted.url).hostname.split(".")[0] as string;
    await importApi(planted.account, { ...plan, api }, id);
    await showApi(planted.account, { ...plan, api: { ...api, routes: [{ ...route, path }] } }, id);
    await vi.waitFor(async () => expect((await ask(path))[0]).toBe(200), 5_000);
  });

  function list() {
    return ask("/v1.0/products");
  }

  function create(Authorization?: string) {
    const headers = Authorization === undefined ? {} : { Authorization };
    return ask("/v1.0/products", { method: "POST", headers });
  }

  async function ask(path: string, { headers, ...init }: RequestInit = {}) {
    const response = await fetch(`${live.url}${path}`, {
      ...init,
      headers: { ...headers, Connection: "close" },
    });
    const version = response.headers.get(versionHeader);
    return [response.status, version, await response.text()] as const;
  }

  function isAuthorizer(one: Traffic): boolean {
    return one.type === "invoked" && one.functionName === "bbws-product-authorizer-dev";
  }
});
