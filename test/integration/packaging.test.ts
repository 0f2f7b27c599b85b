/** `lambdakit package` as a process: other clones, other machines' settings, full disks, kill -9. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { SourceMap } from "node:module";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { unpackArtifact } from "../../src/package/index.ts";
import { unzip } from "../../src/package/zip/unzip.ts";
import { digest } from "../../src/system/index.ts";
import { greeterManifest, useGreeter } from "../packaged-greeter.ts";
import { productClone } from "../product-clone.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const run = promisify(execFile);
const bin = fileURLToPath(new URL("../../dist/cli/bin.js", import.meta.url));

describe("the artifacts of the Product service", { timeout: 240_000 }, () => {
  it("are the same bytes from two clones, whatever the machine is set to", async () => {
    const one = await productClone((files) => files);
    const other = await productClone((files) =>
      [...files].sort((a, b) => (digest(a) < digest(b) ? -1 : 1)),
    );
    for (const file of ["service.ts", "src/models/product.ts", "package.json"]) {
      await utimes(path.join(other, file), new Date(0), new Date(0));
    }
    await packageIn(one, { umask: "022", TZ: "Pacific/Auckland", LC_ALL: "C" });
    await packageIn(other, {
      umask: "077",
      TZ: "America/Los_Angeles",
      LC_ALL: "tr_TR.UTF-8",
      TMPDIR: await temporaryFolder(),
    });
    expect(await digestsIn(other)).toEqual(await digestsIn(one));

    const before = await zipsIn(one);
    expect(Object.keys(before)).toEqual([
      "authorizer",
      "create",
      "delete",
      "get",
      "list",
      "update",
    ]);
    await edit(one, (text) => `// A comment.\n${text}\n/* Another one. */\n`);
    await packageIn(one);
    expect(await zipsIn(one)).toEqual(before);
    await edit(one, (text) => `${text}\nconsole.log("created");\n`);
    await packageIn(one);
    const { create, ...rest } = await zipsIn(one);
    const { create: createBefore, ...restBefore } = before;
    expect(create).not.toBe(createBefore);
    expect(rest).toEqual(restBefore);
  });

  /** Changes a file that only `create` imports. */
  async function edit(service: string, change: (text: string) => string): Promise<void> {
    const file = path.join(service, "src/services/create-product.ts");
    await writeFile(file, change(await readFile(file, "utf8")));
  }
});

describe("lambdakit package", { timeout: 120_000 }, () => {
  it("gives stack traces that the source maps lead to TypeScript", async () => {
    const { directory, artifacts } = await useGreeter({
      "src/say.ts":
        "interface Words {\n  word: string;\n}\n\nexport const say = (word: string): Words => {\n  if (word !== '') throw new RangeError(word);\n  return { word };\n};\n",
    });
    await packaged(directory);
    const { greet } = (await readList(artifacts)).functions;
    const folder = await temporaryFolder();
    await unpackArtifact(await readFile(path.join(artifacts, greet?.zip ?? "")), folder);
    const script = `import("${folder}/index.mjs").then((it) => it.handler()).catch((error) => console.log(error.stack))`;
    const { stdout } = await run(process.execPath, ["-e", script], { cwd: folder });
    const maps = unzip(await readFile(path.join(artifacts, greet?.sourceMaps.file ?? "")));
    const map = new SourceMap(JSON.parse(new TextDecoder().decode(maps["index.mjs.map"])));
    expect(stdout).toMatch(/^RangeError: hello, hello, hello\n {4}at say /);
    const places = [...stdout.matchAll(/index\.mjs:(\d+):(\d+)/g)].map(([, line, column]) => {
      const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!("originalSource" in entry)) throw new Error("It leads nowhere.");
      return `${entry.originalSource.replace(/^(\.\.\/)+/, "")}:${entry.originalLine + 1}`;
    });
    expect(places).toEqual(["src/say.ts:6", "src/greet.ts:3"]);
  });

  it("can run twice at once", async () => {
    const { directory, artifacts } = await useGreeter();
    await Promise.all([
      packaged(directory),
      packaged(directory),
      packaged(directory, "--no-cache"),
    ]);
    await expectWhole(artifacts);
    expect((await readdir(artifacts)).filter((name) => name.startsWith("."))).toEqual([]);
    expect((await packaged(directory)).stderr).toContain("nothing has changed");
  });

  it("leaves no artifact by half when it is killed, and cleans up the next time", async () => {
    const { directory, artifacts } = await useGreeter(heavy);
    await packaged(directory);
    for (let round = 0; round < 6; round++) {
      await writeFile(
        path.join(directory, "src/part.ts"),
        `export const handler = async () => ${round};\n`,
      );
      await mkdir(artifacts, { recursive: true });
      const child = spawn(process.execPath, [bin, "package", "--no-cache"], {
        cwd: directory,
        stdio: "ignore",
      });
      const ended = once(child, "exit");
      // As soon as it writes, and then a little later each time.
      while (child.exitCode === null && !(await isWriting(artifacts))) await setTimeout(1);
      await setTimeout(round);
      child.kill("SIGKILL");
      await ended;
      await expectWhole(artifacts);
    }
    await packaged(directory);
    await expectWhole(artifacts);
    const list = await readList(artifacts);
    const named = Object.values(list.functions).flatMap(({ zip, sourceMaps }) => [
      zip,
      sourceMaps.file,
    ]);
    expect(await readdir(artifacts)).toEqual(
      [...named, "artifacts.json", "sbom.cdx.json", "THIRD-PARTY-NOTICES.txt"].sort(),
    );
  });

  it("says that the disk is full, or may only be read, and leaves nothing there", async (context) => {
    const { directory } = await useGreeter(heavy);
    const disk = await temporaryFolder();
    const mounted = await run("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]).catch(() =>
      context.skip("A small disk cannot be made here: mount needs root."),
    );
    expect(mounted.stderr).toBe("");
    onTestFinished(async () => void (await run("umount", [disk])));
    const full = await failed(directory, "--output", path.join(disk, "out"));
    expect(full).toContain("error PACKAGE_NOT_WRITTEN");
    expect(full).toContain("The artifacts could not be written: ENOSPC: no space left on device");
    expect(await readdir(path.join(disk, "out"))).toEqual([]);
    await run("mount", ["-o", "remount,ro", disk]);
    const readOnly = await failed(directory, "--output", path.join(disk, "out"));
    expect(readOnly).toContain("The artifacts could not be written: EROFS: read-only file system");
    expect(readOnly).toContain(`fix: make room in '${disk}/out' and make it writable`);
  });
});

/** A service whose artifacts take a while to write, and more room than a small disk has. */
const heavy: Record<string, string> = { "service.ts": "" };
beforeAll(() => {
  const noise = Array.from({ length: 30_000 }, (_, index) => digest(String(index))).join("");
  heavy["node_modules/words/hello.js"] = `export const hello = "${noise}";\n`;
  heavy["service.ts"] = greeterManifest.replace(
    "  functions: {",
    "  maxPackageSizeKb: 5000,\n  functions: {",
  );
});

function packaged(directory: string, ...args: string[]) {
  return run(process.execPath, [bin, "package", ...args], { cwd: directory });
}

async function failed(directory: string, ...args: string[]): Promise<string> {
  const error = await packaged(directory, ...args).then(
    () => ({ code: 0, stderr: "" }),
    (thrown: { code: number; stderr: string }) => thrown,
  );
  expect(error.code).toBe(1);
  return error.stderr;
}

/** Packages a service from elsewhere, in a shell with these settings. */
async function packageIn(
  service: string,
  { umask = "022", ...variables }: Readonly<Record<string, string>> = {},
): Promise<void> {
  const script = `umask ${umask} && exec "$0" "$@"`;
  await run("/bin/sh", ["-c", script, process.execPath, bin, "package", "--service", service], {
    cwd: path.dirname(service),
    env: { PATH: process.env.PATH, ...variables },
  });
}

interface List {
  readonly functions: Record<string, { zip: string; sourceMaps: { file: string; sha256: string } }>;
}

async function readList(artifacts: string): Promise<List> {
  return JSON.parse(await readFile(path.join(artifacts, "artifacts.json"), "utf8"));
}

/** Of every file beside the zips, too. */
async function digestsIn(service: string): Promise<Record<string, string>> {
  const artifacts = path.join(service, ".lambdakit/artifacts");
  const names = (await readdir(artifacts)).sort();
  const all = names.map(async (name) => [name, digest(await readFile(path.join(artifacts, name)))]);
  return Object.fromEntries(await Promise.all(all));
}

async function zipsIn(service: string): Promise<Record<string, string>> {
  const { functions } = await readList(path.join(service, ".lambdakit/artifacts"));
  return Object.fromEntries(Object.entries(functions).map(([key, { zip }]) => [key, zip]));
}

async function isWriting(artifacts: string): Promise<boolean> {
  return (await readdir(artifacts)).some((name) => name.startsWith(".new-"));
}

/** Every zip is what its name says, and the list names files that are there. */
async function expectWhole(artifacts: string): Promise<void> {
  for (const name of await readdir(artifacts)) {
    const [, sha256] = /^\w+-([0-9a-f]{64})\.zip$/.exec(name) ?? [];
    if (sha256 !== undefined) {
      expect(digest(await readFile(path.join(artifacts, name)))).toBe(sha256);
    }
  }
  for (const { zip, sourceMaps } of Object.values((await readList(artifacts)).functions)) {
    expect(await readdir(artifacts)).toContain(zip);
    expect(digest(await readFile(path.join(artifacts, sourceMaps.file)))).toBe(sourceMaps.sha256);
  }
}
