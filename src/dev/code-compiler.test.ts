import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { buildArtifacts, unpackArtifact } from "../package/index.ts";
import { codeCompilers } from "./code-compiler.ts";

/** The runtime of the Node.js that runs the tests: its cache is made and taken here. */
const runtime = `nodejs${process.versions.node.split(".")[0]}.x`;
const here = { program: process.execPath, version: process.versions.node };

const manifest = (name: string) => `{ "name": "${name}", "module": "i.js" }`;
const service = {
  "package.json": '{ "name": "service", "type": "module" }',
  "src/get.ts":
    'import { area, lazy } from "shapes";\nimport big from "sizes";\nexport const handler = async () => [area(3), big, await lazy()].join(" ");\n',
  "src/bare.ts": 'export const handler = async () => "bare";\n',
  "src/waits.ts": 'import { late } from "waits";\nexport const handler = async () => late;\n',
  "src/lies.ts":
    'import { where } from "lies";\nexport const handler = async () => typeof where;\n',
  "node_modules/shapes/package.json": manifest("shapes"),
  "node_modules/shapes/i.js":
    'export const area = (side) => side * side;\nexport const lazy = async () => [(await import("node:path")).sep, this === undefined, (await import(["node", "os"].join(":"))).EOL === "\\n"];\n',
  "node_modules/sizes/package.json": manifest("sizes"),
  "node_modules/sizes/i.js": 'export default "big";\n',
  "node_modules/waits/package.json": manifest("waits"),
  "node_modules/waits/i.js": 'export const late = await Promise.resolve("late");\n',
  "node_modules/lies/package.json": manifest("lies"),
  "node_modules/lies/i.js": "export const where = import.meta.url;\n",
};

describe("a function whose packages are compiled beforehand", { timeout: 60_000 }, () => {
  it("holds them as a script with V8's code cache, beside the module that it imports", async () => {
    const [get] = await build("get");
    expect(get?.files.map((file) => file.path)).toEqual([
      "index.mjs",
      "packages.cache",
      "packages.js",
      "packages.mjs",
    ]);
    expect(get?.codeCache).toEqual({ node: here.version, architecture: process.arch });
  });

  it("is the same bytes from another folder", async () => {
    expect((await build("get"))[0]?.sha256).toBe((await build("get"))[0]?.sha256);
  });

  it("answers with its cache, and has nothing to say", async () => {
    expect(await run("get")).toEqual({ answer: "9 big /,true,true", isRejected: false });
  });

  it.each<[string, (folder: string) => Promise<unknown>]>([
    ["is not there", (folder) => rm(path.join(folder, "packages.cache"))],
    ["is of another Node.js", (folder) => replace(folder, here.version, "1.2.3")],
    ["is of another architecture", (folder) => replace(folder, `"${process.arch}"`, '"vax"')],
    ["is garbage", (folder) => writeFile(path.join(folder, "packages.cache"), "garbage")],
    ["has one wrong bit, which V8 would crash on", (folder) => flipBit(folder)],
  ])("answers where its cache %s, and leaves a mark", async (_, change) => {
    expect(await run("get", change)).toEqual({ answer: "9 big /,true,true", isRejected: true });
  });

  it("answers where V8 refuses its cache, as it does with other options", async () => {
    expect(await run("get", undefined, [])).toMatchObject({ isRejected: true });
  });

  it.each([
    ["uses no package", "bare", "bare"],
    ["has a package that awaits at its top", "waits", "late"],
    ["has a package that asks where it lies", "lies", "string"],
  ])("stays as it was where it %s", async (_, key, answer) => {
    const [artifact] = await build(key);
    expect(artifact?.codeCache).toBeUndefined();
    expect(artifact?.files.some((file) => file.path === "packages.cache")).toBe(false);
    expect(await run(key)).toEqual({ answer, isRejected: false });
  });
});

describe("a compiler", () => {
  it("is the runtime's own Node.js, or what is named instead of it", async () => {
    const directory = await temporaryFolder();
    await expect(codeCompilers(directory)("nodejs98.x")).rejects.toMatchObject({
      code: "DEV_RUNTIME_NOT_FOUND",
      fix: "npm install --save-dev node@98",
    });
    const compiler = await codeCompilers(directory, { instead: here })("nodejs98.x");
    expect(compiler).toMatchObject({ version: here.version, architecture: process.arch });
  });

  it("says what is wrong with a script, and ends when it takes too long", async () => {
    const directory = await temporaryFolder();
    const compiler = await codeCompilers(directory)(runtime);
    await expect(compiler.compile("not JavaScript")).rejects.toMatchObject({
      code: "PACKAGE_CODE_CACHE",
      message: expect.stringMatching(
        /could not compile the packages: it ended with 1\.\n.*SyntaxError/s,
      ),
    });
    const slow = await codeCompilers(directory, { timeoutMs: 1 })(runtime);
    await expect(slow.compile("1")).rejects.toMatchObject({
      code: "PACKAGE_CODE_CACHE",
      message: expect.stringContaining("it ended with SIGTERM"),
    });
  });

  it("knows no variable of this process, and runs nothing of what it compiles", async () => {
    const compiler = await codeCompilers(await temporaryFolder())(runtime);
    process.env.LAMBDAKIT_TEST_SECRET = "not-here";
    const cache = await compiler.compile("throw new Error(process.env.LAMBDAKIT_TEST_SECRET)");
    delete process.env.LAMBDAKIT_TEST_SECRET;
    expect(Buffer.from(cache).includes("not-here")).toBe(false);
  });
});

async function build(key: string) {
  const directory = await temporaryFolder(service);
  const functions = [{ key, entry: `src/${key}.ts`, runtime, codeCache: true }];
  return buildArtifacts(directory, functions, codeCompilers(directory));
}

/** What a function answers in a process that is started as Lambda starts one, and whether it left a mark. */
async function run(
  key: string,
  change: (folder: string) => Promise<unknown> = async () => {},
  options = ["--expose-gc"],
) {
  const [artifact] = await build(key);
  const folder = await temporaryFolder();
  await unpackArtifact(artifact?.zip ?? new Uint8Array(), folder);
  await change(folder);
  const program = `
    import { handler } from ${JSON.stringify(pathToFileURL(path.join(folder, "index.mjs")).href)};
    const isRejected = Symbol.for("lambdakit.codeCacheRejected") in globalThis;
    console.log(JSON.stringify({ answer: await handler(), isRejected }));
  `;
  const parameters = [...options, "--input-type=module", "--eval", program];
  return JSON.parse((await promisify(execFile)(process.execPath, parameters)).stdout);
}

async function replace(folder: string, text: string, by: string): Promise<void> {
  const file = path.join(folder, "packages.mjs");
  const before = await readFile(file, "utf8");
  expect(before).toContain(text);
  await writeFile(file, before.replace(text, by));
}

async function flipBit(folder: string): Promise<void> {
  const file = path.join(folder, "packages.cache");
  const bytes = await readFile(file);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(file, bytes);
}
