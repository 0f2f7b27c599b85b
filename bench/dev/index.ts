/**
 * The local loop next to its peers, in one run: how soon it answers, how soon an edit is seen, how many
 * requests it serves, what it weighs. The same two handlers under each tool, as processes of their own;
 * the ratio is to a bare `node:http` server that is asked in the same round.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEngine, tableApi } from "../../src/dev/engine/index.ts";
import { installSize, ownInstallDirectory, peerDirectory } from "../peers.ts";
import { median, percentile, print, table } from "../print.ts";
import {
  architect,
  bareNode,
  type Contestant,
  editedProduct,
  lambdakit,
  product,
  type Running,
  serverlessOffline,
  serverlessOfflineReloading,
  start,
} from "./contestants.ts";
import { editTimes } from "./edit.ts";
import { type Load, load } from "./load.ts";
import { residentMb } from "./process-tree.ts";
import { itemKey, tableName } from "./projects.ts";

/** Tables are made, and the Product service is bundled, but no engine has to be started. */
const productOnEngine: Contestant = {
  ...product,
  name: "lambdakit, Product service, engine running",
};

const startRounds = 5;
const loadRounds = 3;
const secondsPerLoad = 5;
const edits = 25;
const connectionCounts = [1, 32] as const;

export async function devLoop(): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), "lambdakit-bench-"));
  const engine = await startEngine({ dataDirectory: undefined }, {});
  try {
    const ours = await lambdakit(work);
    const offline = await serverlessOffline(work);
    const sandbox = await architect(work);
    const bare = bareNode(work);
    await prepareTable(engine.endpoint);

    install(work);
    await startTimes([bare, ours, offline, sandbox], engine.endpoint);
    await steadyLoad([bare, ours, offline, sandbox], "/hello", engine.endpoint);
    // Architect gives its functions no variable of the shell, so they do not find the table engine.
    await steadyLoad([ours, offline], "/sdk", engine.endpoint);
    const reloading = await serverlessOfflineReloading(offline);
    await editLatency([ours, await editedProduct(work), reloading, sandbox], engine.endpoint);
    await memoryOfProduct();
  } finally {
    await engine.stop();
    await rm(work, { recursive: true, force: true });
  }
}

async function prepareTable(endpoint: string): Promise<void> {
  await tableApi(endpoint, "CreateTable", {
    TableName: tableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "PK", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "PK", KeyType: "HASH" }],
  });
  const Item = { PK: { S: itemKey }, name: { S: "One item" }, text: { S: "t".repeat(400) } };
  await tableApi(endpoint, "PutItem", { TableName: tableName, Item });
}

function install(work: string): void {
  const rows = [
    ["lambdakit", ownInstallDirectory(work)],
    ["serverless-offline + osls", peerDirectory("serverless-offline")],
    ["@architect/sandbox", peerDirectory("architect")],
  ].map(([name = "", directory = ""]) => {
    const { megabytes, packages } = installSize(directory);
    return [name, `${megabytes} MB`, packages];
  });
  print("### Install size\n");
  table(["", "node_modules", "packages"], rows);
}

async function startTimes(contestants: readonly Contestant[], engine: string): Promise<void> {
  const times = new Map<Contestant, number[]>();
  for (let round = 0; round < startRounds; round++) {
    for (const contestant of contestants) {
      const running = await start(contestant, { path: "/hello", engine });
      add(times, contestant, running.firstAnswerMs);
      await running.stop();
    }
    for (const [contestant, own] of [
      [product, undefined],
      [productOnEngine, engine],
    ] as const) {
      const running = await start(contestant, {
        path: "/v1.0/products",
        ...(own && { engine: own }),
      });
      add(times, contestant, running.firstAnswerMs);
      await running.stop();
    }
  }
  print(`\n### Start of the process to the first 200, ${startRounds} starts\n`);
  table(
    ["", "median", "lowest", "highest"],
    [...times].map(([{ name }, all]) => [
      name,
      ...[median(all), Math.min(...all), Math.max(...all)].map((value) => `${value.toFixed(0)} ms`),
    ]),
  );
}

/** Everybody runs at once and is asked in turn, so that whatever else the machine does hits all of them. */
async function steadyLoad(
  contestants: readonly Contestant[],
  requested: string,
  engine: string,
): Promise<void> {
  const running: Running[] = [];
  try {
    for (const contestant of contestants) {
      running.push(await start(contestant, { path: requested, engine }));
    }
    const measured = new Map<string, Load[]>();
    for (let round = 0; round <= loadRounds; round++) {
      for (const connections of connectionCounts) {
        for (const { contestant, url } of running) {
          const seconds = round === 0 ? 2 : secondsPerLoad;
          const result = await load(`${url}${requested}`, { connections, seconds });
          // The first round warms up.
          if (round > 0) add(measured, `${connections} ${contestant.name}`, result);
        }
      }
    }
    for (const connections of connectionCounts) {
      const of = (name: string) => measured.get(`${connections} ${name}`) ?? [];
      const [first] = contestants;
      const base = of(first?.name ?? "");
      print(
        `\n### ${requested}, ${connections} connection${connections > 1 ? "s" : ""}, ${loadRounds} rounds of ${secondsPerLoad} s\n`,
      );
      table(
        ["", "requests/s", `÷ ${first?.name}`, "p50", "p99", "failures"],
        contestants.map(({ name }) => {
          const all = of(name);
          const ratios = all.map(
            (one, round) => one.requestsPerSecond / (base[round]?.requestsPerSecond ?? 1),
          );
          return [
            name,
            median(all.map((one) => one.requestsPerSecond)).toFixed(0),
            median(ratios).toFixed(3),
            `${median(all.map((one) => one.p50Ms))} ms`,
            `${median(all.map((one) => one.p99Ms))} ms`,
            all.reduce((sum, one) => sum + one.failures, 0),
          ];
        }),
      );
    }
    print(`\nResident memory after it, of the process and of all that it started:\n`);
    table(
      ["", "process", "all"],
      running.map(({ contestant, pid }) => {
        const { own, tree } = residentMb(pid);
        return [contestant.name, `${own} MB`, `${tree} MB`];
      }),
    );
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
}

async function editLatency(contestants: readonly Contestant[], engine: string): Promise<void> {
  print(`\n### Saving a file to the first answer of the new code, ${edits} edits\n`);
  const rows: (string | number)[][] = [];
  for (const contestant of contestants) {
    const requested = contestant.project?.path === "/hello" ? "/hello" : "/v1.0/products";
    const running = await start(contestant, { path: requested, engine });
    try {
      const times = await editTimes(running, { edits, pauseMs: 1_000 });
      const shown = [median(times), percentile(times, 95)].map((value) => `${value.toFixed(0)} ms`);
      rows.push([contestant.name, ...shown]);
    } finally {
      await running.stop();
    }
  }
  table(["", "median", "p95"], rows);
}

async function memoryOfProduct(): Promise<void> {
  const running = await start(product, { path: "/v1.0/products" });
  try {
    await load(`${running.url}/v1.0/products/PROD-ABC123`, { connections: 32, requests: 10_000 });
    const { own, tree } = residentMb(running.pid);
    print("\n### Resident memory of the Product service after 10,000 requests at 32 connections\n");
    table(["process", "all"], [[`${own} MB`, `${tree} MB`]]);
  } finally {
    await running.stop();
  }
}

function add<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}
