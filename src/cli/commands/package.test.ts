import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { greeterManifest, useGreeter } from "../../../test/packaged-greeter.ts";
import { unzip } from "../../package/zip/unzip.ts";
import { digest } from "../../system/index.ts";

describe("lambdakit package", () => {
  it("writes a zip for each function, named by its digest, and says so", async () => {
    const { artifacts, run } = await useGreeter();
    const { exitCode, stdout, stderr } = await run();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^greet {2}greet-[0-9a-f]{12}… +\d\.\d KB {2}new\npart .* new\n$/);
    expect(stderr).toMatch(/^read service.ts +\d+\.\d\d s\nbundled 2 functions .* s\n/);
    expect(stderr).toContain("\nNext: lambdakit dev --packaged\n");
    const list = await readList(artifacts);
    const names = Object.values(list.functions).flatMap(({ zip, sourceMaps }) => [
      zip,
      sourceMaps.file,
    ]);
    expect(await readdir(artifacts)).toEqual(
      [...names, "artifacts.json", "sbom.cdx.json", "THIRD-PARTY-NOTICES.txt"].sort(),
    );
    for (const [key, { zip, sha256, sourceCodeHash, zippedBytes }] of Object.entries(
      list.functions,
    )) {
      const bytes = await readFile(path.join(artifacts, zip));
      expect(zip).toBe(`${key}-${sha256}.zip`);
      expect(digest(bytes)).toBe(sha256);
      expect(Buffer.from(sourceCodeHash, "base64").toString("hex")).toBe(sha256);
      expect(bytes.length).toBe(zippedBytes);
      expect(Object.keys(unzip(bytes))[0]).toBe("index.mjs");
    }
  });

  it("lists what is inside, with digests, licences and the imports that lead there", async () => {
    const { directory, artifacts, run } = await useGreeter();
    await run();
    const { functions, inputs, sbom, notices, ...rest } = await readList(artifacts);
    expect(rest).toEqual({ service: "greeter", madeBy: expect.anything() });
    expect(functions.greet).toMatchObject({
      handler: "index.handler",
      runtime: "nodejs22.x",
      files: [{ path: "index.mjs" }, { path: "packages.mjs" }],
      packages: [
        {
          name: "words",
          version: "1.2.3",
          licence: "MIT",
          why: ["src/greet.ts", "words"],
        },
      ],
    });
    expect(Object.keys(functions.greet?.inputs ?? {})).toEqual([
      "node_modules/words/hello.js",
      "src/greet.ts",
      "src/say.ts",
    ]);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(["src/greet.ts", "src/say.ts"]));
    for (const [file, sha256] of Object.entries(inputs)) {
      expect(digest(await readFile(path.join(directory, file)))).toBe(sha256);
    }
    for (const { file, sha256 } of [sbom, notices]) {
      expect(digest(await readFile(path.join(artifacts, file)))).toBe(sha256);
    }
    expect(await readFile(path.join(artifacts, "THIRD-PARTY-NOTICES.txt"), "utf8")).toContain(
      "words 1.2.3 (MIT)\n\nYou may.\n",
    );
    for (const name of await readdir(artifacts)) {
      expect(await readFile(path.join(artifacts, name), "latin1")).not.toContain(directory);
    }
  });

  it("tells a program the same with --json, and a person only the answer with --quiet", async () => {
    const { artifacts, run } = await useGreeter();
    const { stdout } = await run("--json");
    const { directory, functions } = JSON.parse(stdout);
    expect(directory).toBe(artifacts);
    expect(functions).toMatchObject([
      { function: "greet", status: "new", handler: "index.handler", runtime: "nodejs22.x" },
      { function: "part", status: "new" },
    ]);
    expect(await readdir(artifacts)).toContain(path.basename(functions[0].zip));
    expect((await run("--quiet")).stderr).toBe("");
  });

  it("changes the digest of the functions whose code is another, and takes the old zip away", async () => {
    const { directory, artifacts, run } = await useGreeter();
    await run();
    const before = await readList(artifacts);
    await writeFile(path.join(artifacts, "notes.txt"), "mine");
    const greet = path.join(directory, "src/greet.ts");
    await writeFile(
      greet,
      (await readFile(greet, "utf8")).replace("say(hello)", 'say(hello + "!")'),
    );
    expect((await run()).stdout).toMatch(/^greet .* changed\npart .* unchanged\n$/);
    const after = await readList(artifacts);
    expect(after.functions.greet?.sha256).not.toBe(before.functions.greet?.sha256);
    expect(after.functions.part).toEqual(before.functions.part);
    const there = await readdir(artifacts);
    expect(there.filter((name) => name.endsWith(".zip"))).toHaveLength(4);
    expect(there).toContain("notes.txt");
    expect(there).not.toContain(before.functions.greet?.zip);
  });

  it("does not change a digest for a comment, and for a touched file does not even bundle", async () => {
    const { directory, artifacts, run } = await useGreeter();
    await run();
    const before = await readList(artifacts);
    const say = path.join(directory, "src/say.ts");
    const text = await readFile(say, "utf8");
    await writeFile(say, text);
    expect((await run()).stderr).toContain("\nnothing has changed since the last time");
    await writeFile(say, `// Says it.\n${text}`);
    const { stdout, stderr } = await run();
    expect(stderr).toContain("\nbundled 2 functions");
    expect(stdout).toMatch(/^greet .* unchanged\npart .* unchanged\n$/);
    expect((await readList(artifacts)).functions.part?.sha256).toBe(before.functions.part?.sha256);
  });

  it("with --no-cache, bundles again and keeps nothing", async () => {
    const { directory, run } = await useGreeter();
    await run("--no-cache");
    expect(await readdir(path.join(directory, ".lambdakit"))).toEqual(["artifacts"]);
    expect((await run("--no-cache")).stderr).toContain("\nbundled 2 functions");
  });

  it("needs no cache: one that cannot be written is said, and nothing more", async () => {
    const { directory, run } = await useGreeter({ ".lambdakit/cache": "a file" });
    const { exitCode, stderr } = await run();
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/\nnot kept for the next time: E\w+/);
    expect(await readdir(path.join(directory, ".lambdakit"))).toContain("artifacts");
  });

  it("writes where --output says", async () => {
    const { directory, run } = await useGreeter();
    const output = path.join(directory, "build/out");
    expect((await run("--output", output)).exitCode).toBe(0);
    expect(await readdir(output)).toContain("artifacts.json");
    expect(await readdir(path.join(directory, ".lambdakit"))).toEqual(["cache"]);
  });
});

describe("lambdakit package --why", () => {
  it("says which functions hold a package, how much of it, and by which imports", async () => {
    const { directory, run } = await useGreeter();
    const { exitCode, stdout } = await run("--why", "words");
    expect(exitCode).toBe(0);
    expect(stdout).toBe("words 1.2.3\n  greet  0.0 KB\n    src/greet.ts -> words\n");
    expect(await readdir(path.join(directory, ".lambdakit"))).toEqual(["cache"]);
  });

  it.each(["words@1.2.3", "words/hello.js", "node_modules/words/hello.js"])(
    "takes %s, too",
    async (module) => {
      const { run } = await useGreeter();
      expect((await run("--why", module)).stdout).toContain("src/greet.ts -> words");
    },
  );

  it("knows what is reached and left out, and what several functions share", async () => {
    const { run } = await useGreeter();
    expect((await run("--why", "words/index.js")).stdout).toContain(
      "greet  reached, and nothing of it is left",
    );
    const { functions } = JSON.parse((await run("--why", "src/say.ts", "--json")).stdout);
    expect(functions).toEqual([
      { function: "greet", bytes: expect.any(Number), chain: ["src/greet.ts", "src/say.ts"] },
      { function: "part", bytes: expect.any(Number), chain: ["src/part.ts", "src/say.ts"] },
    ]);
  });

  it("takes a file as it is named from here", async () => {
    const { directory, run } = await useGreeter();
    const { stdout } = await run("--why", path.join(directory, "src/say.ts"));
    expect(stdout).toMatch(/^src\/say\.ts\n {2}greet/);
  });

  it("breaks a long way into lines", async () => {
    const long = "a-module-with-a-name-that-nobody-would-like-to-type-twice";
    const { run } = await useGreeter({
      "src/part.ts": `import "./${long}.ts";\nexport const handler = async () => {};\n`,
      [`src/${long}.ts`]: 'import { hello } from "words";\nconsole.log(hello);\n',
    });
    expect((await run("--why", "words")).stdout).toContain(
      `    src/part.ts\n    -> src/${long}.ts\n    -> words\n`,
    );
  });

  it("suggests what was meant", async () => {
    const { run } = await useGreeter();
    const { exitCode, stderr } = await run("--why", "wrods");
    expect(exitCode).toBe(64);
    expect(stderr).toContain('No function\'s imports reach "wrods". Did you mean words?');
    expect(stderr).toContain("fix: lambdakit package --why words");
    expect((await run("--why", "xyz123456")).stderr).toContain("fix: lambdakit package --why ");
  });
});

describe("lambdakit package refuses, and writes nothing for", () => {
  it("a file that exports no handler", async () => {
    const { refusal } = await refuse({ "src/part.ts": "export default async () => {};\n" });
    expect(refusal).toMatch(/service\.ts:11:1 {2}functions\.part\.entry {2}PACKAGE_NO_HANDLER\n/);
    expect(refusal).toContain('src/part.ts exports default, and not "handler"');
  });

  it("files that import each other in a circle, once, with the place", async () => {
    const { directory, refusal } = await refuse({
      "src/say.ts":
        'import { loud } from "./loud.ts";\nexport const say = (word: string) => loud(word);\n',
      "src/loud.ts":
        'import { say } from "./say.ts";\nexport const loud = (word: string) => (word === "" ? say("?") : word + "!");\n',
    });
    expect(refusal).toContain(
      `  ${directory}/src/loud.ts:1:21  functions.greet  PACKAGE_CIRCULAR_IMPORT\n    files import each other in a circle: src/loud.ts -> src/say.ts -> src/loud.ts\n`,
    );
    expect(refusal).toContain("it has 1 problem.");
  });

  it("no circle of types, of import(), or inside a package", async () => {
    const { run } = await useGreeter({
      "src/say.ts":
        'import type { Loud } from "./loud.ts";\nexport const say = async (word: string) => ((await import("./loud.ts")).loud as Loud)(word);\n',
      "src/loud.ts":
        'import { say } from "./say.ts";\nexport const loud = (word: string) => (word === "" ? say("?") : word);\nexport type Loud = typeof loud;\n',
      "node_modules/words/index.js":
        'export { hello } from "./hello.js";\nexport const index = () => 1;\n',
      "node_modules/words/hello.js":
        'import { index } from "./index.js";\nexport const hello = () => index;\n',
    });
    expect(await run()).toMatchObject({ exitCode: 0 });
  });

  it("a development dependency, and a package that nobody lists", async () => {
    const words = { "package.json": '{ "devDependencies": { "words": "1" } }' };
    const development = await refuse(words);
    expect(development.refusal).toContain(
      "src/greet.ts:1:23  functions.greet  PACKAGE_DEV_DEPENDENCY",
    );
    expect(development.refusal).toContain("fix: npm install --save words");
    const unlisted = await refuse({ "package.json": "{}" });
    expect(unlisted.refusal).toContain("PACKAGE_UNLISTED");
  });

  it("no dependency that the workspace lists, that only tests import, or that leaves nothing", async () => {
    const nested = await useGreeter({ "package.json": '{ "dependencies": { "words": "1" } }' });
    const service = path.join(nested.directory, "services/inner");
    await mkdir(path.join(service, "src"), { recursive: true });
    for (const [name, text] of Object.entries({
      "package.json": '{ "name": "inner", "devDependencies": { "words": "1" } }',
      "service.ts": greeterManifest,
      "src/greet.ts": 'import { hello } from "words";\nexport const handler = async () => hello;\n',
      "src/part.ts": "export const handler = async () => {};\n",
    })) {
      await writeFile(path.join(service, name), text);
    }
    expect(await nested.run("--service", service)).toMatchObject({ exitCode: 0 });
    const { run } = await useGreeter({
      "package.json": '{ "devDependencies": { "words": "1" } }',
      "src/greet.ts":
        'import type { hello } from "words";\nexport const handler = async () => "" as unknown as typeof hello;\n',
    });
    expect(await run()).toMatchObject({ exitCode: 0 });
  });

  it("what looks like a secret, without printing it", async () => {
    const key = ["AKIA", "QWERTZUIOPASDFGH"].join("");
    const { refusal } = await refuse({
      "src/say.ts": `export const say = (word: string) => word + "${key}";\n`,
    });
    expect(refusal).toContain("src/say.ts:1:46  functions.greet  PACKAGE_SECRET");
    expect(refusal).toContain("an AWS access key id (AKIA…, 20 characters) is inside the artifact");
    expect(refusal).not.toContain(key);
  });

  it("a zip over its budget, with the biggest parts named", async () => {
    const noise = Array.from({ length: 4000 }, (_, index) => digest(String(index))).join("");
    const { refusal } = await refuse({
      "service.ts": greeterManifest
        .replace("  functions: {", "  maxPackageSizeKb: 1,\n  functions: {")
        .replace('entry: "src/part.ts",', 'entry: "src/part.ts", maxPackageSizeKb: 100,'),
      "node_modules/words/hello.js": `export const hello = "${noise}";\n`,
    });
    expect(refusal).toMatch(
      /service\.ts:11:1 {2}functions\.greet\.maxPackageSizeKb {2}PACKAGE_TOO_LARGE\n/,
    );
    expect(refusal).toMatch(
      /the zip of "greet" has 1\d\d\.\d KB, where maxPackageSizeKb allows 1\. The biggest/,
    );
    expect(refusal).toMatch(/\n +250\.\d KB {2}100 % {2}words\n/);
    expect(refusal).toContain("fix: lambdakit package --why words");
    expect(refusal).not.toContain("functions.part");
  });

  it("a missing file, and an import that cannot be resolved", async () => {
    const missing = await refuse({ "service.ts": greeterManifest.replace("part.ts", "prat.ts") });
    expect(missing.refusal).toContain("MANIFEST_FILE_NOT_FOUND");
    const unresolved = await refuse({
      "src/part.ts": 'import { a } from "nowhere";\nexport const handler = () => a;\n',
    });
    expect(unresolved.refusal).toContain("BUNDLE_FAILED");
    expect(unresolved.refusal).toContain('Could not resolve "nowhere"');
    expect(unresolved.refusal).toContain("src/part.ts:1:18");
    expect(unresolved.refusal).toContain("fix: npm install --save nowhere");
  });

  it("several problems, all of them", async () => {
    const { refusal } = await refuse({
      "package.json": "{}",
      "src/part.ts": "export const handle = async () => {};\n",
    });
    expect(refusal).toContain("greeter is not packaged: it has 2 problems.");
  });
});

describe("a folder that cannot be written", () => {
  it("is an error that says why, and leaves no file by half", async () => {
    const { directory, run } = await useGreeter();
    await writeFile(path.join(directory, "build"), "no folder");
    const { exitCode, stderr } = await run("--output", path.join(directory, "build"));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /error PACKAGE_NOT_WRITTEN\n.*\n {2}The artifacts could not be written: E\w+: /,
    );
    expect(stderr).toContain(`fix: make room in '${directory}/build' and make it writable`);
    expect(await readFile(path.join(directory, "build"), "utf8")).toBe("no folder");
  });

  it("is one that may only be read", async (context) => {
    if (process.getuid?.() === 0) context.skip("root may write everywhere.");
    const { directory, run } = await useGreeter();
    await mkdir(path.join(directory, "build"));
    await chmod(path.join(directory, "build"), 0o555);
    const { stderr } = await run("--output", path.join(directory, "build"));
    expect(stderr).toContain("PACKAGE_NOT_WRITTEN");
    expect(await readdir(path.join(directory, "build"))).toEqual([]);
  });

  it("is one that holds the artifacts of another service", async () => {
    const { artifacts, run } = await useGreeter();
    const other = await useGreeter({
      "service.ts": greeterManifest.replace('"greeter"', '"other"'),
    });
    await run();
    const { exitCode, stderr } = await other.run("--output", artifacts);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('it holds the artifacts of the service "greeter".');
    expect((await readList(artifacts)).service).toBe("greeter");
  });

  it("is written anew where its list or a zip is broken", async () => {
    const { artifacts, run } = await useGreeter();
    await run();
    const list = await readList(artifacts);
    const zip = path.join(artifacts, list.functions.part?.zip ?? "");
    await writeFile(zip, "half");
    await writeFile(path.join(artifacts, "artifacts.json"), "{");
    expect((await run()).exitCode).toBe(0);
    expect(digest(await readFile(zip))).toBe(list.functions.part?.sha256);
    expect(await readList(artifacts)).toEqual(list);
    await rm(zip);
    expect((await run()).exitCode).toBe(0);
    expect(await readdir(artifacts)).toContain(path.basename(zip));
  });
});

interface List {
  readonly service: string;
  readonly inputs: Record<string, string>;
  readonly sbom: { file: string; sha256: string };
  readonly notices: { file: string; sha256: string };
  readonly functions: Record<
    string,
    {
      zip: string;
      sha256: string;
      sourceCodeHash: string;
      zippedBytes: number;
      sourceMaps: { file: string };
      inputs: { path: string; sha256: string }[];
    }
  >;
}

async function readList(artifacts: string): Promise<List> {
  return JSON.parse(await readFile(path.join(artifacts, "artifacts.json"), "utf8"));
}

/** Expects an error, and no artifact. */
async function refuse(changes: Readonly<Record<string, string>>) {
  const { directory, artifacts, run } = await useGreeter(changes);
  const { exitCode, stdout, stderr } = await run();
  expect([exitCode, stdout]).toEqual([1, ""]);
  await expect(readdir(artifacts)).rejects.toThrow("ENOENT");
  return { directory, refusal: stderr.slice(stderr.indexOf("error ")) };
}
