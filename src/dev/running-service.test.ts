import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { defineService, validateManifest } from "../manifest/index.ts";
import { ownProgram } from "../package/index.ts";
import { type FunctionPlan, planService, type ServicePlan } from "../plan/index.ts";
import type { EnvironmentOptions, Spare, SpareOptions } from "./host/environment.ts";
import type { HostEvent } from "./host/host-event.ts";
import { startThread } from "./host/thread-environment.ts";
import { RunningService, type Served } from "./running-service.ts";

/** The plan of a service with these functions, each with a route of its own name. */
function planOf(names: readonly string[], origin = "*"): ServicePlan {
  const environment = {
    accountId: "123456789012",
    region: "eu-west-1",
    logLevel: "INFO",
    logRetentionDays: 7,
  } as const;
  const validation = validateManifest(
    defineService({
      name: "orders",
      prefix: "acme",
      description: "Orders",
      api: { stage: "live", cors: { allowOrigins: [origin] } },
      functions: Object.fromEntries(
        names.map((name) => [
          name,
          {
            description: name,
            entry: `${name}.mjs`,
            routes: [`GET /${name}` as const],
            auth: "none",
          },
        ]),
      ),
      environments: {
        dev: { ...environment, approval: "none" },
        sit: { ...environment, approval: "confirm" },
        prod: { ...environment, approval: "confirm-and-reason" },
      },
    }),
  );
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return planService(validation.manifest, "dev");
}

/** What is served of functions, by the code of each. */
async function serving(functions: Readonly<Record<string, string>>): Promise<Served> {
  const files = Object.entries(functions).map(([name, code]) => [`${name}/index.mjs`, code]);
  const directory = await temporaryFolder(Object.fromEntries(files));
  const environmentModule = await ownProgram("dev/host/environment-thread", directory);
  const code = Object.keys(functions).map((name) => [
    name,
    { taskRoot: path.join(directory, name), handler: "index.handler", environmentModule },
  ]);
  return { code: Object.fromEntries(code), variablesOf };
}

const variablesOf = ({ environmentVariables }: FunctionPlan) => environmentVariables;
const request = { payload: "{}" };
const says = (text: string) => `export const handler = async () => "${text}";`;

/** A service that is stopped when the test ends. */
function start(plan: ServicePlan, onEvent: (event: HostEvent) => void = () => {}): RunningService {
  const running = new RunningService(plan, { debugging: false, onEvent });
  onTestFinished(() => running.stop());
  return running;
}

describe("a running service", () => {
  it("says what it serves: the plan's routes, under the identity of the dev environment", () => {
    const plan = planOf(["list"]);
    const { api, identity, router, plan: served } = start(plan);
    expect([api, served]).toEqual([plan.api, plan]);
    expect(identity).toEqual({ accountId: "123456789012", region: "eu-west-1", stage: "live" });
    expect(router.match("/list")?.routes.get("GET")?.function).toBe("list");
  });

  it("lets requests wait until there is code", async () => {
    const plan = planOf(["list"]);
    const running = start(plan);
    const early = running.invoke("list", request);
    expect(running.serve(plan, await serving({ list: says("here") }))).toEqual(["list"]);
    expect(await early).toMatchObject({ ok: true, payload: '"here"' });
  });

  it("says which environments are alive, and which of them are busy", async () => {
    const plan = planOf(["list", "wait"]);
    const running = start(plan);
    expect(running.environments).toEqual([]);
    const never =
      "export const handler = () => new Promise((resolve) => setTimeout(resolve, 1e6));";
    running.serve(plan, await serving({ list: says("here"), wait: never }));
    await running.invoke("list", request);
    const waiting = running.invoke("wait", request);
    await vi.waitFor(() =>
      expect(running.environments).toEqual([
        { function: "list", busy: false },
        { function: "wait", busy: true },
      ]),
    );
    await running.stop();
    expect(await waiting).toMatchObject({ ok: false });
    expect(running.environments).toEqual([]);
  });

  it("says when it is quiet, and not before the last answer", async () => {
    const plan = planOf(["list", "slow"]);
    const told: string[] = [];
    const running = new RunningService(plan, {
      debugging: false,
      onEvent: ({ type }) => void (type === "invoked" && told.push(type)),
      onQuiet: () => void told.push("quiet"),
    });
    onTestFinished(() => running.stop());
    const slow = "export const handler = () => new Promise((done) => setTimeout(done, 300));";
    running.serve(plan, await serving({ list: says("here"), slow }));
    await Promise.all([running.invoke("list", request), running.invoke("slow", request)]);
    await vi.waitFor(() => expect(told).toEqual(["invoked", "invoked", "quiet"]));
  });

  it("cannot serve a function without its code", async () => {
    const plan = planOf(["list", "get"]);
    const served = await serving({ list: says("here") });
    expect(() => start(plan).serve(plan, served)).toThrow("There is no code for get.");
  });

  it("fails where there is no such function", async () => {
    const plan = planOf(["list"]);
    const running = start(plan);
    running.serve(plan, await serving({ list: says("here") }));
    expect(await running.invoke("other", request)).toEqual({
      ok: false,
      reason: "not-found",
      error: {
        errorType: "ResourceNotFoundException",
        errorMessage: "Function not found: other",
      },
    });
  });

  it("replaces the functions that have changed, and says which", async () => {
    const plan = planOf(["list", "get"]);
    const running = start(plan);
    const first = await serving({ list: says("one"), get: says("same") });
    expect(running.serve(plan, first)).toEqual(["list", "get"]);
    expect(running.serve(plan, first)).toEqual([]);

    const other = await serving({ list: says("two") });
    const second = { ...first, code: { ...first.code, ...other.code } };
    expect(running.serve(plan, second)).toEqual(["list"]);
    expect(await running.invoke("list", request)).toMatchObject({ ok: true, payload: '"two"' });
    expect(await running.invoke("get", request)).toMatchObject({ ok: true, payload: '"same"' });
  });

  it("replaces all functions where their variables have changed", async () => {
    const bundle = await serving({ list: "export const handler = async () => process.env;" });
    const running = start(planOf(["list"]));
    running.serve(planOf(["list"], "https://a.example"), bundle);
    expect(running.serve(planOf(["list"], "https://b.example"), bundle)).toEqual(["list"]);
    const result = await running.invoke("list", request);
    expect(result.ok && JSON.parse(result.payload)).toMatchObject({
      CORS_ALLOW_ORIGINS: "https://b.example",
    });
  });

  it("starts the function that was asked last at once, and the others when they are asked", async () => {
    const plan = planOf(["list", "get"]);
    const started: string[] = [];
    const running = start(plan, (event) => {
      if (event.type === "environment-started") started.push(event.function);
    });
    running.serve(plan, await serving({ list: says("one"), get: says("one") }));
    await running.invoke("list", request);
    await running.invoke("get", request);
    started.splice(0);
    running.serve(plan, await serving({ list: says("two"), get: says("two") }));
    expect(started).toEqual(["get"]);
    expect(await running.invoke("list", request)).toMatchObject({ payload: '"two"' });
    expect(await running.invoke("get", request)).toMatchObject({ payload: '"two"' });
    expect(started).toEqual(["get", "list"]);
  });

  it("prepares an environment for the next edit of the function asked last, once an edit was answered", async () => {
    const plan = planOf(["list", "get"]);
    const prepared: string[] = [];
    const startOf = () =>
      Object.assign((options: EnvironmentOptions) => startThread(options), {
        prepare(options: SpareOptions) {
          prepared.push(options.lambda.key);
          return startThread.prepare?.(options) as Spare;
        },
      });
    const versions = async (text: string): Promise<Served> => {
      const { code, ...served } = await serving({ list: says(text), get: says(text) });
      const withModule = Object.entries(code).map(([key, one]) => [
        key,
        { ...one, module: path.join(one.taskRoot, "index.mjs") },
      ]);
      return { ...served, startOf, code: Object.fromEntries(withModule) };
    };
    const running = start(plan);
    const pause = () => new Promise((resolve) => setTimeout(resolve, 500));
    running.serve(plan, await versions("one"));
    await running.invoke("list", request);
    await pause();
    running.serve(plan, await versions("two"));
    await pause();
    expect(prepared).toEqual([]);

    await running.invoke("get", request);
    await running.invoke("list", request);
    await vi.waitFor(() => expect(prepared).toEqual(["list"]));
    await running.invoke("get", request);
    await vi.waitFor(() => expect(prepared).toEqual(["list", "get"]));
    await running.stop();
    expect(prepared).toEqual(["list", "get"]);
  });

  it("adds functions that are new, and takes away those that are gone", async () => {
    const bundle = await serving({ list: says("list"), get: says("get") });
    const running = start(planOf(["list"]));
    running.serve(planOf(["list"]), bundle);
    await running.invoke("list", request);

    expect(running.serve(planOf(["get"]), bundle)).toEqual(["get", "list"]);
    expect(await running.invoke("get", request)).toMatchObject({ ok: true, payload: '"get"' });
    expect(await running.invoke("list", request)).toMatchObject({ ok: false });
    expect(running.router.match("/list")).toBeUndefined();
  });

  it("tells its listener what functions write and why they fail", async () => {
    const told: string[] = [];
    const listener = (event: HostEvent) => {
      if (event.type === "output" && event.line.endsWith("loaded")) {
        told.push(`${event.function} wrote ${event.line.split("\t").at(-1)}`);
      }
      if (event.type === "failed") {
        told.push(`${event.function} failed ${event.message.split("\n")[0]}`);
      }
    };
    const plan = planOf(["error", "text", "exit"]);
    const running = start(plan, listener);
    const bundle = await serving({
      error: 'export const handler = async () => { throw new TypeError("no table"); };',
      text: 'console.log("loaded"); export const handler = async () => { throw "no table"; };',
      exit: "export const handler = async () => process.exit(5);",
    });
    running.serve(plan, bundle);
    for (const name of ["error", "text", "exit"]) {
      expect(await running.invoke(name, request)).toMatchObject({ ok: false });
    }
    await vi.waitFor(() =>
      expect(told.toSorted()).toEqual([
        "error failed TypeError: no table",
        expect.stringMatching(
          /^exit failed Runtime\.ExitError: RequestId: .* Error: Runtime exited with error: exit status 5$/,
        ),
        "text failed string: no table",
        "text wrote loaded",
      ]),
    );
  });
});
