import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ensureTable, startEngine, type TableEngine } from "../../src/dev/engine/index.ts";
import { createGateway } from "../../src/dev/gateway/gateway.ts";
import { listen } from "../../src/dev/gateway/listen.ts";
import { createRouter } from "../../src/dev/gateway/router.ts";
import { FunctionHost } from "../../src/dev/host/function-host.ts";
import { findNode, nodeRuntime, processEnvironments } from "../../src/dev/host/process/index.ts";
import { localVariables } from "../../src/dev/local-variables.ts";
import {
  buildArtifacts,
  loadService,
  type PackagedService,
  packageService,
  unpackArtifact,
} from "../../src/package/index.ts";
import { planService, type ServicePlan } from "../../src/plan/index.ts";
import { useProcesses } from "../process-environments.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const processes = useProcesses();
const owner = { accessKeyId: "local", secretAccessKey: "local", sessionToken: "local" };

describe("the Product service's zips, each alone in a folder", { timeout: 120_000 }, () => {
  let engine: TableEngine;
  let plan: ServicePlan;
  let directory: string;
  let output: string;
  let packaged: PackagedService;
  beforeAll(async () => {
    engine = await startEngine({ dataDirectory: undefined });
    const service = await loadService(`${root}/services/product`);
    ({ directory } = service);
    plan = planService(service.manifest, "dev");
    for (const table of plan.tables) await ensureTable(engine.endpoint, table);
    output = await mkdtemp(path.join(tmpdir(), "lambdakit-artifacts-"));
    packaged = await packageService(service, {
      toolkitVersion: "0.0.0",
      cache: false,
      output,
      onStep: () => {},
    });
  }, 120_000);
  afterAll(async () => {
    await engine.stop();
    await rm(output, { recursive: true });
  });

  it("have at most 300 KB", () => {
    const sizes = Object.values(packaged.list.functions).map(({ zippedBytes }) => zippedBytes);
    expect(sizes.filter((bytes) => bytes > 300_000)).toEqual([]);
  });

  it("are those that dev --packaged runs", async () => {
    const built = await buildArtifacts(directory, plan.functions);
    const digests = built.map(({ key, sha256 }) => [key, sha256]);
    const listed = Object.entries(packaged.list.functions).map(([key, one]) => [key, one.sha256]);
    expect(digests.sort()).toEqual(listed.sort());
  });

  it("answer the session of README.md, through the Lambda Runtime API", async () => {
    const url = await serve();
    const [session = ""] =
      /^URL=http:[\s\S]*?(?=^```)/m.exec(readFileSync(`${root}/README.md`, "utf8")) ?? [];
    const { stdout } = await promisify(execFile)("/bin/sh", [
      "-e",
      "-c",
      session.replace("http://127.0.0.1:3000", url),
    ]);
    const statuses = [...stdout.matchAll(/^HTTP\/1.1 (\d+)/gm)].map(([, status]) => status);
    expect(statuses).toEqual(["200", "200", "412", "204"]);
    expect(stdout).toContain('"price":"149.99"');
    expect(stdout.trim().split("\n").at(-1)).toContain('"count":0');
  });

  /** The API on this machine, with a process for each environment. */
  async function serve(): Promise<string> {
    const hosts = new Map<string, FunctionHost>();
    for (const lambda of plan.functions) hosts.set(lambda.key, await host(lambda.key));
    const { api, accountId, region } = plan;
    const router = createRouter(api);
    const server = createGateway(
      () => ({
        api,
        router,
        identity: { accountId, region, stage: api.stage },
        invoke: (key, request) => (hosts.get(key) as FunctionHost).invoke(request),
      }),
      () => {},
    );
    const { port, close } = await listen(server, 0);
    onTestFinished(async () => {
      await close();
      await Promise.all([...hosts.values()].map((one) => one.stop()));
    });
    return `http://127.0.0.1:${port}`;
  }

  async function host(key: string): Promise<FunctionHost> {
    const lambda = plan.functions.find((one) => one.key === key);
    const artifact = packaged.list.functions[key];
    if (lambda === undefined || artifact === undefined) throw new Error(`There is no ${key}.`);
    const taskRoot = await temporaryFolder();
    await unpackArtifact(await readFile(path.join(output, artifact.zip)), taskRoot);
    const here = { program: process.execPath, version: process.versions.node };
    // Where npm has the runtime's own Node.js, that one runs it.
    const node = await findNode({ runtime: lambda.runtime, directories: [root] }).catch(() => here);
    return new FunctionHost({
      lambda,
      code: {
        taskRoot,
        handler: artifact.handler,
        environmentModule: processes.bootstrap,
      },
      variables: localVariables(plan, lambda, engine.endpoint, owner),
      onEvent: () => {},
      start: processEnvironments(nodeRuntime(node.program)),
    });
  }
});
