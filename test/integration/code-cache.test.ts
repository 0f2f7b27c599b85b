import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureTable, startEngine, type TableEngine } from "../../src/dev/engine/index.ts";
import { findNode } from "../../src/dev/host/process/index.ts";
import { codeCompilers } from "../../src/dev/index.ts";
import { loadService, type PackagedService, packageService } from "../../src/package/index.ts";
import { planService, type ServicePlan } from "../../src/plan/index.ts";
import { usePackaged } from "../packaged-service.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const runtime = "nodejs24.x";
const node = await findNode({ runtime, directories: [root] }).catch((error: Error) => error);
if (node instanceof Error) {
  process.stderr.write(`The code cache of ${runtime} is not tested. ${node.message}\n`);
}
const servePackaged = usePackaged();
const functions = ["list", "get", "create", "update", "delete"];

describe.skipIf(node instanceof Error)("zips with a code cache", { timeout: 180_000 }, () => {
  let engine: TableEngine;
  let plan: ServicePlan;
  let output: string;
  let build: (folder: string) => Promise<PackagedService>;
  let packaged: PackagedService;
  let steps: string[];
  beforeAll(async () => {
    engine = await startEngine({ dataDirectory: undefined }, {});
    const loaded = await loadService(`${root}/services/product`);
    const architecture = process.arch === "arm64" ? "arm64" : "x86_64";
    const manifest = { ...loaded.manifest, runtime, architecture, codeCache: true } as const;
    plan = planService(manifest, "dev");
    for (const table of plan.tables) await ensureTable(engine.endpoint, table);
    output = await mkdtemp(path.join(tmpdir(), "lambdakit-artifacts-"));
    steps = [];
    build = (folder) =>
      packageService(
        { ...loaded, manifest },
        {
          toolkitVersion: "0.0.0",
          cache: false,
          output: path.join(output, folder),
          findCompiler: codeCompilers(root),
          onStep: ({ what }) => steps.push(what),
        },
      );
    packaged = await build("one");
  }, 180_000);
  afterAll(async () => {
    await engine?.stop();
    if (output !== undefined) await rm(output, { recursive: true });
  });

  it("are listed with the Node.js that they are for", () => {
    const { version } = node as Exclude<typeof node, Error>;
    const listed = Object.values(packaged.list.functions).map(({ codeCache }) => codeCache);
    expect(listed).toEqual(functions.map(() => ({ node: version, architecture: process.arch })));
    expect(steps).toContain("compiled the packages of 5 of 5 functions");
  });

  it("are the same bytes when they are made again", async () => {
    expect((await build("other")).list).toEqual(packaged.list);
  });

  it("answer all routes, and say nothing", async () => {
    expect(await session()).toEqual([]);
  });

  it("answer all routes with garbage for a cache, and each function says so once", async () => {
    const spoil = (folder: string) => writeFile(path.join(folder, "packages.cache"), "garbage");
    expect(await session(spoil)).toEqual([...functions].sort());
  });

  it("answer all routes without their cache, and each function says so once", async () => {
    const take = (folder: string) => rm(path.join(folder, "packages.cache"));
    expect(await session(take)).toEqual([...functions].sort());
  });

  /** Calls each function twice; gives those that said that their cache was rejected, as often as they did. */
  async function session(change?: (folder: string) => Promise<void>): Promise<string[]> {
    const rejected: string[] = [];
    const url = await servePackaged({
      plan,
      packaged,
      endpoint: engine.endpoint,
      ...(change && { change }),
      onEvent: (event) => {
        if (event.type !== "output" || !event.line.includes('"code_cache_rejected":true')) return;
        rejected.push(event.function);
      },
    });
    for (const round of [1, 2]) {
      const call = async (method: string, at: string, body?: object, headers = {}) => {
        const answer = await fetch(`${url}${at}`, {
          method,
          headers: { "Content-Type": "application/json", ...headers },
          ...(body && { body: JSON.stringify(body) }),
        });
        return { status: answer.status, headers: answer.headers, body: await answer.text() };
      };
      const product = {
        name: `Cached ${round}`,
        price: "1.00",
        currency: "ZAR",
        period: "monthly",
      };
      const all = "/v1.0/products";
      const created = await call("POST", all, { ...product, description: "Compiled" });
      expect(created).toMatchObject({ status: 201 });
      const one = `${all}/${JSON.parse(created.body).productId}`;
      expect(await call("GET", one)).toMatchObject({ status: 200 });
      expect(await call("PUT", one, { price: "2.00" })).toMatchObject({ status: 200 });
      expect(await call("GET", all)).toMatchObject({ status: 200 });
      expect(await call("DELETE", one)).toMatchObject({ status: 204 });
    }
    return rejected.sort();
  }
});
