import { readdir } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { freePort } from "../free-port.ts";
import { listen } from "../gateway/listen.ts";
// Loaded while this machine is still itself: it brings a program for it too.
import "./dynalite/dynalite.ts";
import { findDynoxide, startEngine, tableApi } from "./index.ts";

const inMemory = { dataDirectory: undefined };
const running = process.env.DYNAMODB_ENDPOINT ?? "";

/** This process as one on a machine that npm has no engine's program for. */
async function onUnknownMachine<Result>(work: () => Promise<Result>): Promise<Result> {
  const arch = Object.getOwnPropertyDescriptor(process, "arch") ?? {};
  Object.defineProperty(process, "arch", { ...arch, value: "pdp11" });
  try {
    return await work();
  } finally {
    Object.defineProperty(process, "arch", arch);
  }
}

describe("the engine that DYNAMODB_ENDPOINT names", () => {
  it("is used, lacks nothing that we know of, and is left running", async () => {
    const engine = await startEngine(inMemory, { DYNAMODB_ENDPOINT: running });
    expect(engine).toMatchObject({ name: running, endpoint: running, lacks: [] });
    await engine.stop();
    expect(await tableApi(running, "ListTables", {})).toHaveProperty("TableNames");
  });

  it("is an error where nobody answers", async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    await expect(startEngine(inMemory, { DYNAMODB_ENDPOINT: endpoint })).rejects.toMatchObject({
      code: "ENGINE_UNREACHABLE",
      message: expect.stringContaining(`Nothing that speaks DynamoDB answers at ${endpoint}`),
      fix: "start it, or unset DYNAMODB_ENDPOINT to use the embedded engine",
      at: "DYNAMODB_ENDPOINT",
    });
  });

  it("is an error where something else answers", async () => {
    const { port, close } = await listen(
      createServer((_, response) => response.end("<html>hello</html>")),
      0,
    );
    const env = { DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}` };
    await expect(startEngine(inMemory, env)).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" });
    await close();
  });

  it.each(["localhost", "ftp://127.0.0.1", "https://127.0.0.1"])(
    "is an error where it is no HTTP address: %s",
    async (endpoint) => {
      await expect(startEngine(inMemory, { DYNAMODB_ENDPOINT: endpoint })).rejects.toMatchObject({
        code: "ENGINE_UNREACHABLE",
      });
    },
  );
});

describe("the embedded engine", () => {
  it.each([{}, { DYNAMODB_ENDPOINT: "" }])("is started where none is named: %o", async (env) => {
    const engine = await startEngine(inMemory, env);
    expect(["dynoxide", "dynalite"]).toContain(engine.name);
    expect(engine.endpoint).not.toBe(running);
    expect(await tableApi(engine.endpoint, "ListTables", {})).toEqual({ TableNames: [] });
    await engine.stop();
    await expect(tableApi(engine.endpoint, "ListTables", {})).rejects.toMatchObject({
      code: expect.stringMatching(/^ECONN(REFUSED|RESET)$/),
    });
  });

  it("makes the folder that it keeps its data in", async () => {
    const dataDirectory = path.join(await temporaryFolder(), "service", "data");
    const engine = await startEngine({ dataDirectory }, {});
    expect(await readdir(dataDirectory)).not.toEqual([]);
    await engine.stop();
  });

  it("is dynalite where npm has no program of Dynoxide for the machine", async () => {
    await onUnknownMachine(async () => {
      expect(findDynoxide()).toBeUndefined();
      const engine = await startEngine(inMemory, {});
      expect(engine.name).toBe("dynalite");
      await engine.stop();
    });
  });
});
