import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { type Artifact, buildArtifacts, sourceFiles, unpackArtifact } from "./artifact.ts";
import { createBundler } from "./bundler.ts";
import { unzip } from "./zip/unzip.ts";
import { zip } from "./zip/zip.ts";

const service = {
  "src/get.ts": `
    import { describe } from "./describe.ts";
    import { label } from "labels";
    /** Answers with what it is. */
    export const handler = async (event: { id: string }) => describe(label, event.id);`,
  "src/list.ts":
    "export class TooMany extends Error {}\nexport const handler = async () => TooMany.name;",
  "src/describe.ts": "export const describe = (...words: string[]) => words.join(' ');",
  "node_modules/labels/package.json":
    '{ "name": "labels", "main": "main.js", "module": "module.js" }',
  "node_modules/labels/main.js": 'exports.label = "CommonJS";',
  "node_modules/labels/module.js": 'export const label = "module";',
};

const functions = [
  { key: "get", entry: "src/get.ts", runtime: "nodejs22.x" },
  { key: "list", entry: "src/list.ts", runtime: "nodejs24.x" },
];

const noCompiler = () => Promise.reject(new Error("Nothing asked for a code cache."));

describe("the artifacts of a service", () => {
  it("are one zip for each function, named by its content", async () => {
    const [get, list] = await buildArtifacts(await temporaryFolder(service), functions, noCompiler);
    expect(get?.name).toBe(`get-${get?.sha256}`);
    expect(list?.name).toBe(`list-${list?.sha256}`);
    expect(get?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(unzip(get?.zip ?? new Uint8Array()))).toEqual(["index.mjs", "packages.mjs"]);
  });

  it("run where nothing else is, in the folder they are unpacked to", async () => {
    const [get, list] = await buildArtifacts(await temporaryFolder(service), functions, noCompiler);
    expect(await run(get, { id: "7" })).toBe("module 7");
    expect(await run(list, {})).toBe("TooMany");
  });

  it("are the same bytes from another folder", async () => {
    const [one, other] = [
      await buildArtifacts(await temporaryFolder(service), functions, noCompiler),
      await buildArtifacts(await temporaryFolder(service), functions, noCompiler),
    ];
    expect(other.map(({ name }) => name)).toEqual(one.map(({ name }) => name));
  });

  it("are others only where the code that is inside is another", async () => {
    const directory = await temporaryFolder(service);
    const names = async () =>
      (await buildArtifacts(directory, functions, noCompiler)).map(({ name }) => name);
    const before = await names();
    const file = path.join(directory, "src/get.ts");
    await writeFile(file, service["src/get.ts"].replace("Answers", "Replies"));
    expect(await names()).toEqual(before);
    await writeFile(file, service["src/get.ts"].replace("label, event.id", "event.id, label"));
    const after = await names();
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  it("name the files that went in, without those of packages", async () => {
    const directory = await temporaryFolder(service);
    const [get] = await buildArtifacts(directory, functions, noCompiler);
    expect(sourceFiles(get as Artifact, directory)).toEqual([
      path.join(directory, "src/describe.ts"),
      path.join(directory, "src/get.ts"),
    ]);
  });

  it("are minified, without comments", async () => {
    const [get] = await buildArtifacts(await temporaryFolder(service), functions, noCompiler);
    const code = new TextDecoder().decode(unzip((get as Artifact).zip)["index.mjs"]);
    expect(code).not.toContain("Answers with");
    expect(code).not.toContain("sourceMappingURL");
  });

  it("cannot be made of broken code, and the error shows it", async () => {
    const directory = await temporaryFolder({ ...service, "src/get.ts": "export const =" });
    await expect(buildArtifacts(directory, functions, noCompiler)).rejects.toMatchObject({
      code: "BUNDLE_FAILED",
      message: expect.stringContaining("src/get.ts:1:13"),
    });
  });
});

describe("a zip", () => {
  const bytes = new TextEncoder().encode("content");

  it("is the same whatever the order of its files", async () => {
    const other = zip({ "a/c": bytes, b: bytes });
    expect(zip({ b: bytes, "a/c": bytes })).toEqual(other);
  });

  it("is the same in every time zone, and at every time", { timeout: 60_000 }, async () => {
    const source = fileURLToPath(new URL("zip/zip.ts", import.meta.url));
    const directory = await temporaryFolder({
      "print.ts": `
        import { zip } from ${JSON.stringify(source)};
        const bytes = zip({ "a.txt": new Uint8Array(9) });
        console.log(new Date(0).getHours(), Buffer.from(bytes).toString("base64"));`,
    });
    const entries = { print: "print.ts" };
    const bundler = await createBundler({ directory, outputDirectory: directory, entries });
    const { modules } = await bundler.build();
    await bundler.dispose();
    const zips = ["Pacific/Auckland", "America/Los_Angeles"].map(async (TZ) => {
      const node = promisify(execFile)(process.execPath, [modules.print ?? ""], { env: { TZ } });
      return (await node).stdout.trim().split(" ");
    });
    const [[hour, one], [otherHour, other]] = (await Promise.all(zips)) as [string[], string[]];
    expect(otherHour).not.toBe(hour);
    expect(other).toBe(one);
  });

  it("is read by others, with files that everybody may read", async (context) => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "one.zip");
    await writeFile(file, zip({ "a/c.txt": bytes }));
    const script = `import json, sys, zipfile
i = zipfile.ZipFile(sys.argv[1]).infolist()[0]
print(json.dumps([i.filename, oct(i.external_attr >> 16), i.create_system, list(i.date_time)]))`;
    const { stdout } = await promisify(execFile)("python3", ["-c", script, file]).catch(() =>
      context.skip("There is no python3 here to read it."),
    );
    expect(JSON.parse(stdout)).toEqual(["a/c.txt", "0o100644", 3, [1980, 1, 1, 12, 0, 0]]);
  });

  it("is unpacked with its folders", async () => {
    const folder = path.join(await temporaryFolder(), "new");
    await unpackArtifact(zip({ "a/b/c.txt": bytes, "d/": new Uint8Array() }), folder);
    expect(await readFile(path.join(folder, "a/b/c.txt"), "utf8")).toBe("content");
  });

  it.each([
    ["../evil.txt", "it has a file outside of its folder: ../evil.txt"],
    ["/evil.txt", "it has a file outside of its folder: /evil.txt"],
  ])("that would write %s is refused, and nothing of it is written", async (name, why) => {
    const folder = await temporaryFolder();
    const inside = path.join(folder, "inside");
    await expect(
      unpackArtifact(zip({ "good.txt": bytes, [name]: bytes }), inside),
    ).rejects.toMatchObject({ code: "ARTIFACT_INVALID", message: expect.stringContaining(why) });
    expect(await readdir(folder)).toEqual([]);
  });

  it("that is none is refused", async () => {
    await expect(unpackArtifact(bytes, "nowhere")).rejects.toMatchObject({
      code: "ARTIFACT_INVALID",
      message: "The artifact cannot be unpacked: invalid zip data.",
    });
  });
});

async function run(artifact: Artifact | undefined, event: unknown): Promise<unknown> {
  const folder = await temporaryFolder();
  await unpackArtifact(artifact?.zip ?? new Uint8Array(), folder);
  const module = await import(pathToFileURL(path.join(folder, "index.mjs")).href);
  return module.handler(event);
}
