import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished, type TestContext } from "vitest";
import { Events } from "../../test/dev-servers.ts";
import { authorization, post, shopPlan } from "../../test/shop.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import type { ServicePlan } from "../plan/index.ts";
import { findDynoxide, tableApi } from "./engine/index.ts";
import { type OpenTablesOptions, openTables, type Tables } from "./open-tables.ts";

const orders = "shop-orders-dev";
const item = { PK: { S: "ORDER#1" }, SK: { S: "1" } };
const functions = { list: { description: "List", entry: "list.ts" } };
const otherKeys = shopPlan({
  tables: { orders: { name: "shop-orders-{environment}", partitionKey: "id" } },
  functions,
});
/** The plan after an edit: another table. */
const edited = shopPlan({ tables: { more: { partitionKey: "id" } }, functions });

/** The tables of the shop, on an engine of their own, until the test ends. */
async function open(
  options: Partial<OpenTablesOptions> = {},
): Promise<{ tables: Tables; events: Events }> {
  const events = new Events();
  const plan = shopPlan();
  const tables = await openTables({
    plan: () => plan,
    dataDirectory: undefined,
    env: {},
    reset: false,
    policy: true,
    chaos: undefined,
    onEvent: events.onEvent,
    ...options,
  });
  onTestFinished(() => tables.close());
  return { tables, events };
}

const put = ({ url }: Tables) => tableApi(url, "PutItem", { TableName: orders, Item: item });

/** A call as a function makes it. */
async function callAs({ url, credentialsOf }: Tables, key: string, operation: string) {
  const input = operation === "PutItem" ? { Item: item } : { Key: item };
  const { status, body } = await post(url, JSON.stringify({ TableName: orders, ...input }), {
    "X-Amz-Target": `DynamoDB_20120810.${operation}`,
    Authorization: authorization(credentialsOf(key).accessKeyId),
  });
  return { status, type: String(body.__type ?? "").split("#")[1] };
}

describe("the tables of a service", () => {
  it("are those of its plan, empty, on an engine that has a name", async () => {
    const { tables } = await open();
    const { TableNames } = await tableApi(tables.url, "ListTables", {});
    expect(TableNames).toEqual([orders, "shop-stock-dev"]);
    expect(await tables.countItems(shopPlan())).toBe(0);
    expect(tables.engineName).toMatch(/^dyn(oxide|alite)$/);
    await put(tables);
    expect(await tables.countItems(shopPlan())).toBe(1);
  });

  it("say what they lack behind the endpoint, which sets a time to live and makes backups", async () => {
    const { tables } = await open();
    expect(tables.lacks).toContain("restoring a table to a point in time");
    expect(tables.lacks.join()).not.toMatch(/backups|time to live/);
  });

  it("let each function do what its own policy allows, and tell what they refuse", async () => {
    const { tables, events } = await open();
    expect(await callAs(tables, "everything", "PutItem")).toEqual({ status: 200, type: undefined });
    expect(await callAs(tables, "reader", "GetItem")).toEqual({ status: 200, type: undefined });
    expect(await callAs(tables, "reader", "PutItem")).toEqual({
      status: 400,
      type: "AccessDeniedException",
    });
    expect(events.of("access-denied")).toMatchObject([
      { function: "reader", action: "dynamodb:PutItem" },
    ]);
  });

  it("let every function do everything without policies", async () => {
    const { tables, events } = await open({ policy: false });
    expect((await callAs(tables, "nothing", "PutItem")).status).toBe(200);
    expect(events.of("access-denied")).toEqual([]);
  });

  it("have the faults that were asked for", async () => {
    const chaos = { throttlePercent: 100, errorPercent: 0, latencyMilliseconds: 0 };
    const { tables } = await open({ chaos });
    expect((await callAs(tables, "everything", "PutItem")).type).toMatch(/Throttling|Throughput/);
    await expect(put(tables)).resolves.toBeDefined();
  });

  it("get the tables of a plan that comes later, and refuse one with other keys", async () => {
    const { tables } = await open();
    await tables.ensure(edited);
    const { TableNames } = await tableApi(tables.url, "ListTables", {});
    expect(TableNames).toContain(edited.tables[0]?.name);
    await expect(tables.ensure(otherKeys)).rejects.toMatchObject({ code: "TABLE_DIFFERS" });
  });

  it("keep what is in them, until they are reset", async () => {
    const dataDirectory = await temporaryFolder();
    const first = await open({ dataDirectory });
    await put(first.tables);
    await first.tables.close();
    const second = await open({ dataDirectory });
    expect(await second.tables.countItems(shopPlan())).toBe(1);
    await second.tables.close();
    const third = await open({ dataDirectory, reset: true });
    expect(await third.tables.countItems(shopPlan())).toBe(0);
  });

  it("that have other keys than the plan says are opened again by a reset", async () => {
    const dataDirectory = await temporaryFolder();
    await (await open({ dataDirectory })).tables.close();
    const plan = () => otherKeys;
    await expect(open({ dataDirectory, plan })).rejects.toMatchObject({ code: "TABLE_DIFFERS" });
    const { tables } = await open({ dataDirectory, plan, reset: true });
    expect(await tables.countItems(otherKeys)).toBe(0);
  });
});

describe("the engine behind them", { timeout: 60_000 }, () => {
  it("is not left running where the tables cannot be opened", async (context) => {
    onDynoxide(context);
    const dataDirectory = await temporaryFolder();
    await (await open({ dataDirectory })).tables.close();
    const plan = () => otherKeys;
    await expect(open({ dataDirectory, plan })).rejects.toMatchObject({ code: "TABLE_DIFFERS" });
    expect(await enginesOf(dataDirectory)).toEqual([]);
  });

  it("comes back when it is killed, with tables for the plan that is served now", async (context) => {
    onDynoxide(context);
    const dataDirectory = await temporaryFolder();
    let plan: ServicePlan = shopPlan();
    const { tables, events } = await open({ dataDirectory, plan: () => plan });
    await put(tables);
    plan = edited;
    await killEngineOf(dataDirectory);
    expect(await events.next("engine-restarted")).toMatchObject({
      reason: "dynoxide ended with SIGKILL",
    });
    const { TableNames } = await tableApi(tables.url, "ListTables", {});
    expect(TableNames).toEqual([orders, "shop-stock-dev", edited.tables[0]?.name].toSorted());
    expect(await tables.countItems(shopPlan())).toBe(1);
  });

  it("comes back with empty tables where its data is gone", async (context) => {
    onDynoxide(context);
    const dataDirectory = await temporaryFolder();
    const { tables, events } = await open({ dataDirectory });
    await put(tables);
    await rm(dataDirectory, { recursive: true });
    await killEngineOf(dataDirectory);
    await events.next("engine-restarted");
    expect(await tables.countItems(shopPlan())).toBe(0);
    await put(tables);
    expect(await tables.countItems(shopPlan())).toBe(1);
  });

  it("is told to have ended when it is killed again and again, and calls are answered", async (context) => {
    onDynoxide(context);
    const dataDirectory = await temporaryFolder();
    const { tables, events } = await open({ dataDirectory });
    for (let restarts = 0; restarts < 5; restarts += 1) {
      await killEngineOf(dataDirectory);
      await events.next("engine-restarted", restarts);
    }
    await killEngineOf(dataDirectory);
    expect((await events.next("engine-ended")).reason).toBe(
      "dynoxide ended with SIGKILL; restarts within 60 seconds: 5, and now no more",
    );
    expect(await callAs(tables, "everything", "PutItem")).toMatchObject({ status: 500 });
  });

  it("tells nothing when the tables are closed", async () => {
    const { tables, events } = await open();
    await tables.close();
    expect(events.all).toEqual([]);
  });
});

function onDynoxide({ skip }: TestContext): void {
  skip(findDynoxide() === undefined, "the engine runs in this process, and ends with it");
}

/** The process ids of Dynoxides that keep their data there. */
async function enginesOf(dataDirectory: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "pid=,args="]);
  const database = path.join(dataDirectory, "tables.sqlite");
  return stdout
    .split("\n")
    .filter((line) => line.includes(database) && !line.includes("/bin/sh"))
    .map((line) => Number.parseInt(line, 10));
}

async function killEngineOf(dataDirectory: string): Promise<void> {
  const [pid] = await enginesOf(dataDirectory);
  if (pid === undefined) throw new Error("There is no engine.");
  process.kill(pid, "SIGKILL");
}
