import { chmod } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { hosted } from "../../test/hosted-function.ts";
import { functionPlan } from "../../test/observe-runtime.ts";
import { useProcesses } from "../../test/process-environments.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { threadIsolation } from "../../test/thread-isolation.ts";
import { environmentStart } from "./environment-start.ts";

const version = process.versions.node;
const ours = `nodejs${version.split(".")[0]}.x`;
/** No Node.js of this version is anywhere. */
const nowhere = "nodejs4.x";
const difference = (runtime: string) => `${runtime}: the functions run on Node.js ${version} here`;

const planWith = (...runtimes: string[]) => ({ functions: runtimes.map(functionPlan) });

const processes = useProcesses();
const threads = threadIsolation();
/** Answers where it runs: a thread has the process id of this process. */
const whereItRuns = "export const handler = async () => process.pid;";

describe("environments that are threads", () => {
  it("run in this process, whatever the runtime", async () => {
    const environments = environmentStart({
      isolation: "thread",
      directory: await temporaryFolder(),
      notEmulated: [],
    });
    await environments.prepare(planWith(nowhere));
    const { answer } = await hosted(whereItRuns, {
      ...threads(),
      start: environments.of(nowhere),
    });
    expect(await answer()).toBe(process.pid);
  });

  it("tell each runtime that is not this Node.js once", async () => {
    const environments = environmentStart({
      isolation: "thread",
      directory: await temporaryFolder(),
      notEmulated: [],
    });
    await environments.prepare(planWith(ours));
    expect(environments.differences).toEqual([]);
    await environments.prepare(planWith(nowhere, ours, nowhere));
    await environments.prepare(planWith(nowhere));
    expect(environments.differences).toEqual([difference(nowhere)]);
  });
});

describe("environments that are processes", () => {
  /** @param directory the service's folder */
  const start = (directory: string, notEmulated: readonly string[] = []) =>
    environmentStart({ isolation: "process", directory, notEmulated });

  it("run on this Node.js where it is the runtime's", async () => {
    const environments = start(await temporaryFolder());
    await environments.prepare(planWith(ours));
    expect(environments.differences).toEqual([]);
    const { answer } = await hosted(whereItRuns, {
      start: environments.of(ours),
      environmentModule: processes.bootstrap,
    });
    expect(await answer()).not.toBe(process.pid);
  });

  it("run on the Node.js that the service has installed for its runtime", async () => {
    const directory = await temporaryFolder({
      "node_modules/node/package.json": "{}",
      "node_modules/node/bin/node": `#!/bin/sh
        test "$1" = --version && echo v4.99.0 || STARTED_BY=installed exec '${process.execPath}' "$@"
      `,
    });
    await chmod(path.join(directory, "node_modules/node/bin/node"), 0o755);
    const environments = start(directory);
    await environments.prepare(planWith(nowhere));
    expect(environments.differences).toEqual([]);
    const { answer } = await hosted("export const handler = async () => process.env.STARTED_BY;", {
      start: environments.of(nowhere),
      environmentModule: processes.bootstrap,
    });
    expect(await answer()).toBe("installed");
  });

  it("are refused where the runtime's Node.js is not here, with what would bring it", async () => {
    await expect(start(await temporaryFolder()).prepare(planWith(nowhere))).rejects.toMatchObject({
      code: "DEV_RUNTIME_NOT_FOUND",
      message: expect.stringContaining(`There is ${version}, which runs lambdakit`),
      fix: "npm install --save-dev node@4",
      at: nowhere,
    });
  });

  it("are refused all the same where something else is known not to be emulated", async () => {
    const environments = start(await temporaryFolder(), ["ephemeral-storage"]);
    await expect(environments.prepare(planWith(nowhere))).rejects.toMatchObject({
      code: "DEV_RUNTIME_NOT_FOUND",
    });
  });

  it("run on this Node.js where that is known, and tell the difference", async () => {
    const environments = start(await temporaryFolder(), ["runtime"]);
    await environments.prepare(planWith(nowhere));
    expect(environments.differences).toEqual([difference(nowhere)]);
    const { answer } = await hosted(whereItRuns, {
      start: environments.of(nowhere),
      environmentModule: processes.bootstrap,
    });
    expect(await answer()).not.toBe(process.pid);
  });

  it("are not started for a runtime that nobody has looked for", async () => {
    const environments = start(await temporaryFolder());
    expect(() => environments.of(ours)).toThrow(`There is no Node.js for ${ours} yet.`);
  });
});
