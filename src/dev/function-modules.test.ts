import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { FunctionModules } from "./function-modules.ts";

const says = (word: string) => `export const handler = () => "${word}";\n`;
const entries = { list: "list.ts", get: "get.ts" };

describe("the modules of a service's functions", () => {
  it("are anticipated where the last run has built the same", async () => {
    const directory = await serviceBuiltBefore();
    const modules = open(directory);
    modules.anticipate();
    const { modules: built } = await modules.build(entries);
    expect(await textOf(built.list)).toContain('"list"');
    expect(await textOf(built.get)).toContain('"get"');
  });

  it("are built with what the manifest names now, whatever was anticipated", async () => {
    const directory = await serviceBuiltBefore();
    const modules = open(directory);
    modules.anticipate();
    const { modules: built } = await modules.build({ list: "get.ts" });
    expect(Object.keys(built)).toEqual(["list"]);
    expect(await textOf(built.list)).toContain('"get"');
  });

  it("are anticipated once: a later build has what was saved since", async () => {
    const directory = await serviceBuiltBefore();
    const modules = open(directory);
    modules.anticipate();
    await modules.build(entries);
    await writeFile(path.join(directory, "list.ts"), says("listing"));
    expect(await textOf((await modules.build(entries)).modules.list)).toContain('"listing"');
  });

  it.each([
    ["nothing", (directory: string) => rm(recordIn(directory))],
    ["what is no JSON", (directory: string) => writeFile(recordIn(directory), "{ half")],
    ["what names no files", (directory: string) => writeFile(recordIn(directory), "[7]")],
  ])("are built as always where the last run has left %s", async (_, damage) => {
    const directory = await serviceBuiltBefore();
    await damage(directory);
    const modules = open(directory);
    modules.anticipate();
    expect(await textOf((await modules.build(entries)).modules.list)).toContain('"list"');
  });

  it("are refused as always where they cannot be built, anticipated or not", async () => {
    const directory = await serviceBuiltBefore();
    await writeFile(path.join(directory, "list.ts"), "export const handler = (;\n");
    const modules = open(directory);
    modules.anticipate();
    await expect(modules.build(entries)).rejects.toMatchObject({ code: "BUNDLE_FAILED" });
  });

  it("leave nothing when they are closed, also where nobody asked for what was anticipated", async () => {
    const directory = await serviceBuiltBefore();
    const modules = open(directory);
    modules.anticipate();
    await modules.close();
    expect(existsSync(modules.directory)).toBe(false);
  });
});

const recordIn = (directory: string) => path.join(directory, ".lambdakit/cache/entries.json");
const textOf = (file = "") => readFile(file, "utf8");

async function serviceBuiltBefore(): Promise<string> {
  const directory = await temporaryFolder({ "list.ts": says("list"), "get.ts": says("get") });
  const modules = new FunctionModules(directory);
  await modules.build(entries);
  await modules.close();
  return directory;
}

function open(directory: string): FunctionModules {
  const modules = new FunctionModules(directory);
  onTestFinished(() => modules.close());
  return modules;
}
