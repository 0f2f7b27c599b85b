import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { freePort } from "./free-port.ts";
import { type Listening, listen } from "./gateway/listen.ts";
import { lockData } from "./lock.ts";

let directory: string;
let file: string;
let other: Listening | undefined;
beforeEach(async () => {
  directory = await temporaryFolder();
  file = path.join(directory, "dev.json");
});
afterEach(async () => {
  await other?.close();
  other = undefined;
});

/** Something that answers on a port, as another `lambdakit dev` would. */
async function startOther(): Promise<number> {
  other = await listen(createServer(), 0);
  return other.port;
}

async function deadPid(): Promise<number> {
  const child = spawn("/bin/true", { stdio: "ignore" });
  await once(child, "exit");
  return child.pid ?? 0;
}

const write = (holder: unknown) => writeFile(file, JSON.stringify(holder));
const read = async () => JSON.parse(await readFile(file, "utf8"));

describe("the lock of a folder's data", () => {
  it("names the process and the port that hold it, until it is released", async () => {
    const release = await lockData(directory, 3000);
    expect(await read()).toEqual({ pid: process.pid, port: 3000 });
    await release();
    expect(existsSync(file)).toBe(false);
    await release();
  });

  it("makes the folder that it is in", async () => {
    const below = path.join(directory, "service", ".lambdakit");
    const release = await lockData(below, 3000);
    expect(existsSync(path.join(below, "dev.json"))).toBe(true);
    await release();
  });

  it("is refused while its holder lives and answers, and stays with it", async () => {
    const port = await startOther();
    const holder = { pid: process.pid, port };
    await write(holder);
    await expect(lockData(directory, await freePort())).rejects.toMatchObject({
      code: "DEV_ALREADY_RUNNING",
      message: `lambdakit dev is running here already: process ${process.pid}, http://127.0.0.1:${port}.`,
      fix: expect.stringContaining(`kill ${process.pid}`),
      at: file,
    });
    expect(await read()).toEqual(holder);
  });

  it("is taken over from a process that is dead, whoever listens on its port now", async () => {
    await write({ pid: await deadPid(), port: await startOther() });
    const release = await lockData(directory, 3000);
    expect(await read()).toEqual({ pid: process.pid, port: 3000 });
    await release();
  });

  it("is taken over where the process id lives on, and nobody answers on the port", async () => {
    await write({ pid: process.pid, port: await freePort() });
    const release = await lockData(directory, 3000);
    expect(await read()).toEqual({ pid: process.pid, port: 3000 });
    await release();
  });

  it.each([
    "",
    "{",
    '{"pid":',
    "not JSON",
    "null",
    "7",
    "[]",
    "{}",
    '{"pid":1}',
    '{"pid":"x","port":1}',
    '{"pid":1,"port":0}',
    '{"pid":1,"port":70000}',
  ])("is taken over from a file that means nothing: %s", async (text) => {
    await writeFile(file, text);
    const release = await lockData(directory, 3000);
    expect(await read()).toEqual({ pid: process.pid, port: 3000 });
    await release();
  });

  it("is taken over where the port is the one that was just opened for ourselves", async () => {
    const port = await startOther();
    await write({ pid: process.pid, port });
    await (await lockData(directory, port))();
  });
});
