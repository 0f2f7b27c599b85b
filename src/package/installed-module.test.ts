import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { context } from "esbuild";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { findInstalled, packageImports } from "./installed-module.ts";

const uses = 'import { shape } from "shapes";\nconsole.log(shape);\n';
const files = {
  "package.json": '{ "type": "module" }',
  "node_modules/shapes/index.js": "export const shape = 1;\n",
  "index.ts": 'import "./a/one.ts";\nimport "./a/b/two.ts";\nimport "./own/three.ts";\n',
  "a/one.ts": uses,
  "a/b/two.ts": uses,
  "own/three.ts": uses,
};

describe("what is installed", () => {
  it("is asked for once in a build, for all folders that find the same", async () => {
    const { build } = await useProject(files);
    expect(await build()).toEqual({ asked: 1, found: ["node_modules/shapes/index.js"] });
  });

  it("is asked for again in a later build only where there may be another answer", async () => {
    const { build, write } = await useProject(files);
    await build();
    await write("a/one.ts", `${uses}\n`);
    const found = ["node_modules/shapes/index.js"];
    expect(await build()).toEqual({ asked: 0, found });

    await write("node_modules/shapes/package.json", '{ "main": "./other.js" }');
    await write("node_modules/shapes/other.js", "export const shape = 2;\n");
    expect(await build()).toEqual({ asked: 1, found: ["node_modules/shapes/other.js"] });

    await write("tsconfig.json", '{ "compilerOptions": { "paths": { "shapes": ["./mine.ts"] } } }');
    await write("mine.ts", "export const shape = 3;\n");
    expect(await build()).toEqual({ asked: 1, found: [] });
  });

  it("is looked for again where it was not there", async () => {
    const { build, write } = await useProject({ "index.ts": 'import "shapes";\n' });
    await expect(build()).rejects.toThrow('Could not resolve "shapes"');
    await write("node_modules/shapes/index.js", "");
    expect(await build()).toEqual({ asked: 1, found: ["node_modules/shapes/index.js"] });
  });

  it("is another package where a folder has its own", async () => {
    const { build } = await useProject({
      ...files,
      "own/node_modules/shapes/index.js": "export const shape = 2;\n",
    });
    expect(await build()).toEqual({
      asked: 2,
      found: ["node_modules/shapes/index.js", "own/node_modules/shapes/index.js"],
    });
  });

  it("is asked for apart where other settings say what a name means", async () => {
    const { build } = await useProject({
      ...files,
      "own/tsconfig.json": '{ "compilerOptions": { "paths": { "shapes": ["./mine.ts"] } } }',
      "own/mine.ts": "export const shape = 3;\n",
    });
    expect(await build()).toEqual({ asked: 2, found: ["node_modules/shapes/index.js"] });
  });
});

/** Builds a project again and again, and tells how often esbuild was asked, and what was found. */
async function useProject(project: Readonly<Record<string, string>>) {
  const directory = await temporaryFolder(project);
  let asked = 0;
  const found = new Set<string>();
  const builder = await context({
    absWorkingDir: directory,
    entryPoints: ["index.ts"],
    bundle: true,
    logLevel: "silent",
    write: false,
    plugins: [
      {
        name: "test",
        setup(build) {
          const { resolve } = build;
          build.resolve = (...question) => {
            asked += 1;
            return resolve(...question);
          };
          const installed = findInstalled(build);
          build.onResolve({ filter: packageImports }, async (one) => {
            const { file } = (await installed(one)) ?? {};
            if (file !== undefined) found.add(path.relative(directory, file).replaceAll("\\", "/"));
            return null;
          });
        },
      },
    ],
  });
  onTestFinished(() => builder.dispose());
  return {
    async build() {
      asked = 0;
      found.clear();
      await builder.rebuild();
      return { asked, found: [...found].sort() };
    },
    async write(name: string, text: string) {
      const file = path.join(directory, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    },
  };
}
