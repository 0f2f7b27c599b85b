/** The hooks as lefthook runs them: a commit in a repository of its own, with the tools of this one. */
import { execFile } from "node:child_process";
import { chmod, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { generatedFiles } from "../../src/generate/index.ts";
import { validateManifest } from "../../src/manifest/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { productPlans, productSite } from "../workflows/product-workflows.ts";

const validation = validateManifest(product);
if (!validation.ok) throw new Error("the Product service has problems");
const site = { ...productSite, toolkit: "node_modules/lambdakit", formatter: "biome" } as const;
const files = generatedFiles(validation.manifest, productPlans, site);

/**
 * @param found what lambdakit says of secrets: 2 stops the commit
 */
async function repository(found = 0) {
  const hooks = files.find((file) => file.path === "lefthook.yml")?.render(undefined).text ?? "";
  const folder = await temporaryFolder({
    "lefthook.yml": hooks,
    "biome.json": "{}",
    "services/product/package.json": "{}",
    "node_modules/.bin/lambdakit": `#!/bin/sh\necho "$PWD $*" > "$OLDPWD/asked"\nexit ${found}\n`,
  });
  await chmod(path.join(folder, "node_modules/.bin/lambdakit"), 0o755);
  const tools = (await readdir("node_modules")).filter((name) => /^lefthook|^@biome/.test(name));
  for (const name of [...tools, ".bin/biome", ".bin/lefthook"]) {
    await symlink(path.resolve("node_modules", name), path.join(folder, "node_modules", name));
  }
  const run = (program: string, ...args: string[]) =>
    promisify(execFile)(program, args, {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_GLOBAL: "/dev/null" },
    });
  await run("git", "init", "--quiet");
  await run("node_modules/.bin/lefthook", "install");
  const commit = async (file: string, text: string) => {
    await writeFile(path.join(folder, file), text);
    await run("git", "add", file);
    return run(
      "git",
      ..."-c user.name=a -c user.email=a@example.com commit --quiet -m change".split(" "),
    );
  };
  return { folder, run, commit };
}

// Each commit starts half a dozen programs.
describe("before a commit", { timeout: 120_000 }, () => {
  it("lefthook takes its file, and the file is formatted as it is committed", async () => {
    const { folder, run, commit } = await repository();
    await run("node_modules/.bin/lefthook", "validate");
    await commit("price.ts", "export const   price = { amount : 1 }\n");
    const formatted = "export const price = { amount: 1 };\n";
    expect((await run("git", "show", "HEAD:price.ts")).stdout).toBe(formatted);
    expect(await readFile(path.join(folder, "price.ts"), "utf8")).toBe(formatted);
  });

  it("secrets are looked for from the service's folder, and one that is found is not committed", async () => {
    const { folder, commit } = await repository();
    await commit("notes.txt", "No code.\n");
    expect(await readFile(path.join(folder, "asked"), "utf8")).toBe(
      `${folder}/services/product audit --only secret-in-file,private-file --quiet\n`,
    );
    const refusing = await repository(2);
    await expect(refusing.commit("notes.txt", "A key.\n")).rejects.toThrow("secrets");
    await expect(refusing.run("git", "rev-parse", "HEAD")).rejects.toThrow("HEAD");
  });

  it("what the linter refuses is not committed", async () => {
    const { run, commit } = await repository();
    await commit("notes.txt", "No code.\n");
    const before = (await run("git", "rev-parse", "HEAD")).stdout;
    await expect(commit("loop.ts", "export function f() {\n  debugger;\n}\n")).rejects.toThrow(
      "noDebugger",
    );
    expect((await run("git", "rev-parse", "HEAD")).stdout).toBe(before);
  });
});

describe("what looks after this repository", () => {
  it.each([".github/dependabot.yml", ".github/CODEOWNERS", "lefthook.yml", "SECURITY.md"])(
    "is up to date: %s",
    async (name) => {
      const text = await readFile(name, "utf8");
      const file = files.find((one) => one.path === name);
      expect(file?.render(text)).toEqual({ text, differences: [] });
    },
  );
});
