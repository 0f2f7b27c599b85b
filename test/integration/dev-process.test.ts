import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { findDynoxide, localToken } from "../../src/dev/index.ts";
import { testPlan } from "../../src/testing/test-plan.ts";
import { type DevProcess, startDevProcess } from "./dev-process.ts";
import { send } from "./send.ts";

const sample = {
  name: "Test Product",
  description: "Test",
  price: "99.99",
  currency: "ZAR",
  period: "monthly",
  features: [],
};

/** A copy of the Product service, so that its data is nobody else's. It has to be where its packages are. */
let directory: string;
beforeAll(() => {
  const parent = "services/product/.lambdakit";
  mkdirSync(parent, { recursive: true });
  directory = mkdtempSync(path.join(parent, "test-"));
  for (const part of ["service.ts", "sample-data.json", "src", "package.json"]) {
    cpSync(path.join("services/product", part), path.join(directory, part), { recursive: true });
  }
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Without the compiler: it would look at the whole repository, once for each of these processes. */
const start = (...args: string[]) =>
  startDevProcess(["--service", directory, "--port", "0", "--no-type-check", ...args]);

async function create({ ready }: DevProcess, number: number) {
  const { port } = new URL(ready.url);
  const home = path.join(directory, ".lambdakit");
  const { token } = await localToken(home, Number(port), testPlan(product).api);
  return send(ready.url, {
    method: "POST",
    path: "/v1.0/products",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...sample, name: `Product ${number}` }),
  });
}

function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

async function untilNotListening(url: string): Promise<void> {
  while (await isListening(url)) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("lambdakit dev, as a process", { timeout: 60_000 }, () => {
  it("stops everything that it started on Ctrl-C, and keeps the data", async () => {
    const first = await start("--reset");
    const { status, headers } = await create(first, 1);
    expect(status).toBe(201);
    expect(await first.end("SIGINT")).toBe(0);
    expect(await isListening(first.ready.url)).toBe(false);
    expect(await isListening(first.ready.engine.endpoint)).toBe(false);

    const second = await start();
    const path = headers.location ?? "";
    expect((await send(second.ready.url, { method: "GET", path })).status).toBe(200);
    await second.end("SIGTERM");

    const third = await start("--reset");
    expect((await send(third.ready.url, { method: "GET", path })).status).toBe(404);
    await third.end("SIGINT");
  });

  it("has every product that it answered 201 for, after kill -9 in the middle of 1,000 creates", async () => {
    const first = await start("--reset");
    const answered: string[] = [];
    let killed: Promise<unknown> | undefined;
    let next = 0;
    const client = async () => {
      while (next < 1_000 && killed === undefined) {
        next += 1;
        const answer = await create(first, next).catch(() => undefined);
        // Answers that come after the signal was sent count too: they were given.
        if (answer?.status === 201) answered.push(answer.headers.location ?? "");
        if (answered.length === 500) killed ??= first.end("SIGKILL");
      }
    };
    await Promise.all(Array.from({ length: 8 }, client));
    await killed;
    expect(answered.length).toBeGreaterThanOrEqual(500);
    expect(answered.length).toBeLessThan(1_000);
    // The engine does not outlive the process that started it.
    if (findDynoxide() !== undefined) await untilNotListening(first.ready.engine.endpoint);

    const second = await start();
    const missing: string[] = [];
    const left = [...answered];
    const reader = async () => {
      for (let path = left.pop(); path !== undefined; path = left.pop()) {
        const { status } = await send(second.ready.url, { method: "GET", path });
        if (status !== 200) missing.push(path);
      }
    };
    await Promise.all(Array.from({ length: 8 }, reader));
    expect(missing).toEqual([]);
    await second.end("SIGINT");
  });

  it("lets one process at a time work on a folder's data", async () => {
    const first = await start();
    await expect(start()).rejects.toThrow("DEV_ALREADY_RUNNING");
    const inMemory = await start("--memory");
    await inMemory.end("SIGINT");
    await first.end("SIGINT");
  });
});
