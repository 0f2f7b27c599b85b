/** What npm publishes: what an installation needs, all of it, and nothing else. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { templateFiles } from "../../src/scaffold/index.ts";
import { packToolkit } from "../packed-toolkit.ts";

const run = promisify(execFile);
const folder = await mkdtemp(path.join(tmpdir(), "lambdakit-packed-"));
afterAll(() => rm(folder, { recursive: true }));

const packageJson = JSON.parse(await readFile("package.json", "utf8"));
const packed = await packToolkit(folder);
const builtFiles = packed.files.filter((file) => file.startsWith("dist/"));
const modules = builtFiles.filter((file) => file.endsWith(".js"));

describe("what npm packs", { timeout: 300_000 }, () => {
  it("has these files beside what is built", async () => {
    const beside = packed.files.filter((file) => !file.startsWith("dist/"));
    const terraform = (await filesBelow("terraform")).filter((file) => !file.includes("/tests/"));
    const page = (await filesBelow("src/dev/console/page")).filter(
      (file) => !file.endsWith("/tsconfig.json"),
    );
    expect(beside).toEqual(
      [
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "SKILL.md",
        "package.json",
        ...page,
        ...terraform,
        // What an ejected service gets.
        ...(await filesBelow("eject")),
        // What new services are made of.
        ...["package.json", ...templateFiles].map((file) => `services/product/${file}`),
      ].sort(),
    );
  });

  it("has no module, and no declaration, that is not made of one in src", async () => {
    const sources = new Set(
      (await filesBelow("src")).filter((file) => /(?<!\.test|\.test-d)\.ts$/.test(file)),
    );
    const made = builtFiles.filter(
      (file) => !/^dist\/(?:cli\/_part-\w+\.js|THIRD-PARTY-LICENSES\.txt)$/.test(file),
    );
    const sourceOf = (file: string) =>
      file.replace(/^dist\//, "src/").replace(/(?:\.d\.ts|\.js)$/, ".ts");
    expect(made.filter((file) => !sources.has(sourceOf(file)))).toEqual([]);
  });

  it("has the command line as one file and its parts, and none of its modules", () => {
    const cli = builtFiles.filter((file) => file.startsWith("dist/cli/"));
    expect(cli.filter((file) => !file.includes("/_part-"))).toEqual(["dist/cli/bin.js"]);
  });

  it("has every module that one of them imports, and asks for every package", async () => {
    const { metafile } = await build({
      entryPoints: modules,
      outdir: folder,
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      platform: "node",
      packages: "external",
      logLevel: "silent",
    });
    const reached = Object.keys(metafile.inputs);
    expect(reached.filter((file) => !packed.files.includes(file))).toEqual([]);
    const asked = Object.values(metafile.inputs)
      .flatMap(({ imports }) => imports)
      .filter((one) => one.external === true && !isBuiltin(one.path))
      .map((one) => nameOf(one.path));
    const installed = { ...packageJson.dependencies, ...packageJson.optionalDependencies };
    expect([...new Set(asked)].filter((name) => !Object.hasOwn(installed, name))).toEqual([]);
    expect(asked).toContain("esbuild");
  });

  it("has every declaration that one of them names", async () => {
    const declarations = builtFiles.filter((file) => file.endsWith(".d.ts"));
    const missing: string[] = [];
    for (const file of declarations) {
      const text = await readFile(file, "utf8");
      for (const [, name = ""] of text.matchAll(/(?:from |import\()"(\.[^"]+)\.[jt]s"/g)) {
        const named = path.posix.join(path.posix.dirname(file), `${name}.d.ts`);
        if (!packed.files.includes(named)) missing.push(`${file}: ${named}`);
      }
    }
    expect(missing).toEqual([]);
    expect(declarations).toContain("dist/index.d.ts");
  });

  it("has packages inside of the command line, which loads them no sooner than a command needs them", async () => {
    const inside = await packagesInside(partsOf(await readdir("dist/cli")));
    expect(inside).toEqual(expect.arrayContaining(["@aws-sdk/client-s3", "yaml", "zod"]));
    expect(await packagesInside(await loadedAtOnce("bin.js"))).toEqual([]);
  });

  it("says whose work is inside, with each one's licence", async () => {
    const text = await readFile("dist/THIRD-PARTY-LICENSES.txt", "utf8");
    const [list = "", ...texts] = text.split(`\n${"=".repeat(80)}\n`);
    const named = new Map(
      [...list.matchAll(/^(\S+) (\S+) \((.+)\)$/gm)].map(([, name = "", version, licence]) => [
        name,
        { version, licence },
      ]),
    );
    expect([...named.keys()]).toEqual(await packagesInside(partsOf(await readdir("dist/cli"))));
    const without = [...named].filter(
      ([name, { version }]) => !texts.some((one) => one.includes(`${name} ${version}\n`)),
    );
    expect(without.map(([name]) => name)).toEqual([]);
    expect(packed.files).toContain("dist/THIRD-PARTY-LICENSES.txt");
  });

  it("is what publint finds nothing wrong with", async () => {
    const { stdout } = await run("npx", ["publint", "run", packed.tarball, "--strict"]);
    expect(stdout).toContain("All good!");
  });

  it("has types that consumers find, as modules and through a bundler", async () => {
    // CommonJS is no promise of ours: esm-only leaves out what asks for it.
    const options = ["--profile", "esm-only", "--format", "json", "--no-definitely-typed"];
    const { stdout } = await run("npx", ["attw", packed.tarball, ...options], {
      maxBuffer: 2 ** 24,
    });
    const { analysis } = JSON.parse(stdout);
    expect(Object.keys(analysis.entrypoints)).toEqual(Object.keys(packageJson.exports));
    for (const { resolutions } of Object.values<Entrypoint>(analysis.entrypoints)) {
      for (const kind of ["node16-esm", "bundler"]) {
        expect(resolutions[kind]?.resolution?.isTypeScript).toBe(true);
      }
    }
  });
});

interface Entrypoint {
  readonly resolutions: Readonly<
    Record<string, { readonly resolution?: { readonly isTypeScript: boolean } }>
  >;
}

function partsOf(names: readonly string[]): string[] {
  return names.filter((name) => name.endsWith(".js"));
}

/** The packages that files of the command line have inside: esbuild writes above each module where it is from. */
async function packagesInside(names: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const name of names) {
    const text = await readFile(`dist/cli/${name}`, "utf8");
    for (const [, folder = ""] of text.matchAll(
      /^(?: *)\/\/ node_modules\/(?:.*\/node_modules\/)?((?:@[^/]+\/)?[^/]+)\//gm,
    )) {
      found.add(folder);
    }
  }
  return [...found].sort();
}

/** A file of the command line, and those that it imports before anything runs. */
async function loadedAtOnce(name: string, known = new Set<string>()): Promise<string[]> {
  if (known.has(name)) return [];
  known.add(name);
  const text = await readFile(`dist/cli/${name}`, "utf8");
  for (const [, next = ""] of text.matchAll(/^(?:\} from|import) "\.\/(.+)";$/gm)) {
    await loadedAtOnce(next, known);
  }
  return [...known];
}

/** Of the package that a specifier names. */
function nameOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name).split(path.sep).join("/"));
}
