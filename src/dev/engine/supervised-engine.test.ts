import { chmod, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished, type TestContext, vi } from "vitest";
import { callAs, shopPlan } from "../../../test/shop.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { startTableEndpoint } from "../table-endpoint/index.ts";
import { startDynoxide } from "./dynoxide.ts";
import {
  ensureTable,
  findDynoxide,
  type Restart,
  type SupervisedEngine,
  superviseEngine,
  tableApi,
} from "./index.ts";

const plan = shopPlan();
const [orders] = plan.tables;
const item = { PK: { S: "ORDER#1" }, SK: { S: "METADATA" } };

/** Dynoxide under supervision, in a program that writes down its process id first. */
async function supervised(
  { skip }: TestContext,
  { dataDirectory, mostRestarts }: { dataDirectory?: string; mostRestarts?: number } = {},
) {
  const dynoxide = findDynoxide();
  if (dynoxide === undefined) {
    return skip(`npm has no program of Dynoxide for ${process.platform}-${process.arch}`);
  }
  const folder = await temporaryFolder({
    program: `#!/bin/sh\ncd "$(dirname "$0")"\necho $$ > process-id\nexec "${dynoxide}" "$@"\n`,
  });
  const program = path.join(folder, "program");
  await chmod(program, 0o755);
  const restarts: Restart[] = [];
  const ensureTables = (endpoint: string) =>
    Promise.all(plan.tables.map((table) => ensureTable(endpoint, table)));
  const engine = await superviseEngine({
    start: () => startDynoxide(program, { dataDirectory }),
    prepare: ensureTables,
    onRestart: (restart) => restarts.push(restart),
    ...(mostRestarts === undefined ? {} : { mostRestarts }),
  });
  onTestFinished(() => engine.stop());
  await ensureTables(engine.endpoint);
  const kill = async () => {
    process.kill(Number(await readFile(path.join(folder, "process-id"), "utf8")), "SIGKILL");
  };
  return { engine, restarts, kill };
}

async function endpointBefore(engine: SupervisedEngine) {
  const endpoint = await startTableEndpoint({
    engine,
    plan: () => plan,
    policy: true,
    onEvent() {},
  });
  onTestFinished(() => endpoint.close());
  return endpoint;
}

describe("an engine that is killed", () => {
  it("comes back with its data, behind an endpoint that stays where it is", async (context) => {
    const dataDirectory = await temporaryFolder();
    const { engine, restarts, kill } = await supervised(context, { dataDirectory });
    const endpoint = await endpointBefore(engine);
    await callAs(endpoint, "everything", "PutItem", { TableName: orders?.name, Item: item });
    const read = () =>
      callAs(endpoint, "everything", "GetItem", { TableName: orders?.name, Key: item });
    await kill();
    await vi.waitFor(() => expect(restarts).toHaveLength(1), { timeout: 20_000 });
    expect((await read()).body).toEqual({ Item: item });
    expect(restarts).toEqual([
      { reason: "dynoxide ended with SIGKILL", milliseconds: expect.any(Number) },
    ]);
  });

  it("comes back with empty tables where it keeps them in memory", async (context) => {
    const { engine, restarts, kill } = await supervised(context);
    await tableApi(engine.endpoint, "PutItem", { TableName: orders?.name, Item: item });
    await kill();
    await vi.waitFor(() => expect(restarts).toHaveLength(1), { timeout: 20_000 });
    expect(await tableApi(engine.endpoint, "Scan", { TableName: orders?.name })).toMatchObject({
      Items: [],
    });
  });

  it("under load fails no call that an SDK would not try again, and answers the last of them", async (context) => {
    const { engine, restarts, kill } = await supervised(context);
    const endpoint = await endpointBefore(engine);
    const put = async () => {
      const { status } = await callAs(endpoint, "everything", "PutItem", {
        TableName: orders?.name,
        Item: item,
      });
      return status;
    };
    const before = Array.from({ length: 50 }, put);
    await kill();
    const during = Array.from({ length: 50 }, put);
    for (const status of await Promise.all([...before, ...during]))
      expect([200, 500]).toContain(status);
    expect(await put()).toBe(200);
    expect(restarts).toHaveLength(1);
  });

  it("stays ended when it is killed too often, and the endpoint says so at once", async (context) => {
    const { engine, restarts, kill } = await supervised(context, { mostRestarts: 1 });
    const endpoint = await endpointBefore(engine);
    await kill();
    await vi.waitFor(() => expect(restarts).toHaveLength(1), { timeout: 20_000 });
    await kill();
    expect(await engine.ended).toBe(
      "dynoxide ended with SIGKILL; restarts within 60 seconds: 1, and now no more",
    );
    const { status, body } = await callAs(endpoint, "owner", "ListTables", {});
    expect([status, body.__type]).toEqual([
      500,
      "com.amazonaws.dynamodb.v20120810#InternalServerError",
    ]);
  });

  it("is not started again while it is being stopped", async (context) => {
    const { engine, restarts } = await supervised(context);
    await engine.stop();
    expect(restarts).toEqual([]);
  });
});

describe("an engine that does not start again at once", () => {
  /** An engine that ends when it is told to, and starts only while `starts` says so. */
  async function fake(starts: () => boolean, mostRestarts?: number) {
    const restarts: Restart[] = [];
    let end: (reason: string) => void = () => {};
    let started = 0;
    const engine = await superviseEngine({
      start: async () => {
        if (started++ > 0 && !starts()) throw new Error("no room on the disk");
        const ended = new Promise<string>((resolve) => {
          end = resolve;
        });
        return {
          name: "fake",
          endpoint: `http://127.0.0.1:${started}`,
          lacks: [],
          ended,
          async stop() {},
        };
      },
      prepare: async () => {},
      onRestart: (restart) => restarts.push(restart),
      ...(mostRestarts === undefined ? {} : { mostRestarts }),
    });
    return { engine, restarts, end: (reason: string) => end(reason) };
  }

  it("is tried again, and has another endpoint then", async () => {
    let tries = 0;
    const { engine, restarts, end } = await fake(() => ++tries === 3);
    end("crashed");
    await vi.waitFor(() => expect(restarts).toMatchObject([{ reason: "crashed" }]));
    expect(engine.endpoint).toBe("http://127.0.0.1:4");
    expect(engine.restarting).toBeUndefined();
  });

  it("stays ended after as many tries as it may have, and says why the last one failed", async () => {
    const { engine, restarts, end } = await fake(() => false, 2);
    end("crashed");
    expect(await engine.ended).toBe(
      "no room on the disk; restarts within 60 seconds: 2, and now no more",
    );
    await expect(engine.restarting).rejects.toThrow("no room on the disk");
    expect(restarts).toEqual([]);
  });

  it("is given up when it is stopped meanwhile", async () => {
    const { engine, restarts, end } = await fake(() => {
      void stopping();
      return false;
    });
    const stopping = () => engine.stop();
    end("crashed");
    expect(await engine.ended).toBe("fake is being stopped");
    expect(restarts).toEqual([]);
  });
});
