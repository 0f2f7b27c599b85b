import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { LambdakitError } from "../errors/index.ts";
import { type Bundler, createBundler } from "./index.ts";

const files = {
  "src/list.ts":
    'import { table } from "./table.ts";\nexport const handler = (): string => "list " + table;\n',
  "src/get.ts":
    'import { table } from "./table.ts";\nexport const handler = (): string => "get " + table;\n',
  "src/table.ts": 'export const table: string = "orders";\n',
  "src/alone.ts": 'export const handler = () => "alone";\n',
};

describe("a bundler", () => {
  it("makes one module for each entry, which can be imported", async () => {
    const { bundler } = await bundlerOf(files);
    const { modules } = await bundler.build();
    expect(Object.keys(modules)).toEqual(["list", "get", "alone"]);
    expect((await load(modules.list)).handler()).toBe("list orders");
    expect((await load(modules.get)).handler()).toBe("get orders");
    expect((await load(modules.alone)).handler()).toBe("alone");
  });

  it("writes modules and source maps into the output folder, and what they share only once", async () => {
    const { bundler, output } = await bundlerOf(files);
    const { modules } = await bundler.build();
    const written = (await readdir(output)).filter((name) => name.endsWith(".mjs"));
    expect(written).toHaveLength(4);
    for (const file of Object.values(modules)) {
      expect(path.dirname(file)).toBe(output);
      expect((await stat(`${file}.map`)).isFile()).toBe(true);
    }
    const withTable = written.map(async (name) =>
      (await readFile(path.join(output, name), "utf8")).includes('"orders"'),
    );
    expect((await Promise.all(withTable)).filter(Boolean)).toHaveLength(1);
  });

  it("gives a file another name when its content changes, and only then", async () => {
    const { bundler, write } = await bundlerOf(files);
    const first = await bundler.build();

    await write("src/alone.ts", files["src/alone.ts"]);
    expect((await bundler.build()).modules).toEqual(first.modules);

    await write("src/alone.ts", 'export const handler = () => "still alone";\n');
    const second = await bundler.build();
    expect(second.modules.alone).not.toBe(first.modules.alone);
    expect(second.modules.list).toBe(first.modules.list);
    expect(second.modules.get).toBe(first.modules.get);
    expect((await load(second.modules.alone)).handler()).toBe("still alone");

    await write("src/alone.ts", files["src/alone.ts"]);
    expect((await bundler.build()).modules).toEqual(first.modules);
  });

  it("gives every file that shares code another name when that code changes", async () => {
    const { bundler, write } = await bundlerOf(files);
    const first = await bundler.build();
    await write("src/table.ts", 'export const table: string = "customers";\n');
    const second = await bundler.build();
    expect(second.modules.list).not.toBe(first.modules.list);
    expect(second.modules.get).not.toBe(first.modules.get);
    expect(second.modules.alone).toBe(first.modules.alone);
    expect((await load(second.modules.list)).handler()).toBe("list customers");
  });

  it("keeps what it has written before, for whoever still runs it", async () => {
    const { bundler, write } = await bundlerOf(files);
    const first = await bundler.build();
    await write("src/alone.ts", 'export const handler = () => "other";\n');
    await bundler.build();
    expect((await load(first.modules.alone)).handler()).toBe("alone");
  });

  it("names the file and the line of code that it cannot read, and builds again once that is good", async () => {
    const { bundler, write } = await bundlerOf(files);
    const first = await bundler.build();

    await write("src/table.ts", "export const table = ;\n");
    const error = await failure(bundler);
    expect(error).toMatchObject({ code: "BUNDLE_FAILED", fix: "correct the file and save it" });
    expect(error.message).toContain("The functions could not be bundled.");
    expect(error.message).toContain("src/table.ts:1:21");
    expect(error.message).toContain('Unexpected ";"');

    await write("src/table.ts", files["src/table.ts"]);
    expect((await bundler.build()).modules).toEqual(first.modules);
  });

  it("names every file that has a mistake", async () => {
    const { bundler } = await bundlerOf({
      ...files,
      "src/get.ts": 'import { x } from "./nowhere.ts";\nexport const handler = () => x;\n',
      "src/alone.ts": "export const handler = (;\n",
    });
    const { message } = await failure(bundler);
    expect(message).toContain('Could not resolve "./nowhere.ts"');
    expect(message).toContain("src/alone.ts:1:24");
  });

  it("says which entry is not there", async () => {
    const { bundler, directory } = await bundlerOf(files);
    await rm(path.join(directory, "src/alone.ts"));
    expect((await failure(bundler)).message).toContain("src/alone.ts");
  });

  it("lists the sources that went in, without those of node_modules", async () => {
    const { bundler, directory } = await bundlerOf({
      ...files,
      "src/alone.ts": 'import { value } from "dependency";\nexport const handler = () => value;\n',
      "node_modules/dependency/package.json": '{ "name": "dependency", "main": "index.js" }',
      "node_modules/dependency/index.js": 'exports.value = require("node:path").sep;\n',
    });
    const { inputs, modules } = await bundler.build();
    expect([...inputs].sort()).toEqual(
      ["alone", "get", "list", "table"].map((name) => path.join(directory, `src/${name}.ts`)),
    );
    expect((await load(modules.alone)).handler()).toBe(path.sep);
  });
});

/** A bundler of the entries `list`, `get` and `alone`, in a folder that is deleted after the test. */
async function bundlerOf(sources: Readonly<Record<string, string>>) {
  const directory = await temporaryFolder(sources);
  const output = path.join(directory, "out");
  const bundler = await createBundler({
    directory,
    outputDirectory: output,
    entries: { list: "src/list.ts", get: "src/get.ts", alone: "src/alone.ts" },
  });
  onTestFinished(() => bundler.dispose());
  const write = (name: string, text: string) => writeFile(path.join(directory, name), text);
  return { bundler, directory, output, write };
}

function load(file = ""): Promise<{ handler(): string }> {
  return import(pathToFileURL(file).href);
}

async function failure(bundler: Bundler): Promise<LambdakitError> {
  const error = await bundler.build().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LambdakitError);
  return error as LambdakitError;
}
