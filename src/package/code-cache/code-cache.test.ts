import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { greeterManifest, useGreeter } from "../../../test/packaged-greeter.ts";
import { loadService, packageService } from "../index.ts";
import { originalFile } from "../secrets/original-file.ts";
import { unzip } from "../zip/unzip.ts";

const cached = greeterManifest.replace(
  '  description: "Greets",',
  '  description: "Greets",\n  runtime: "nodejs24.x",\n  architecture: "x86_64",\n  codeCache: true,',
);

describe("artifacts with a code cache", () => {
  it("say which Node.js they are for, on which architecture, where they have packages", async () => {
    const { steps, functions } = await (await useCached()).build("24.1.0");
    expect(functions.greet?.codeCache).toEqual({ node: "24.1.0", architecture: "x64" });
    expect(functions.part).not.toHaveProperty("codeCache");
    expect(steps).toContain("compiled the packages of 1 of 2 functions");
  });

  it("have source maps that lead from the compiled packages to their files", async () => {
    const { greet } = await (await useCached()).read("24.1.0");
    const code = greet.files["packages.js"] ?? "";
    const map = Buffer.from(greet.maps["packages.js.map"] ?? "");
    expect(originalFile(map, code, code.indexOf("hello, hello"))).toMatchObject({
      source: expect.stringMatching(/node_modules\/words\/hello\.js$/),
      line: 1,
    });
    expect(Object.keys(greet.maps).sort()).toEqual(["index.mjs.map", "packages.js.map"]);
  });

  it("are built anew for another version of Node.js, and only then", async () => {
    const { build } = await useCached();
    const reused = "nothing has changed since the last time";
    const first = await build("24.1.0");
    expect((await build("24.1.0")).steps).toContain(reused);
    const other = await build("24.2.0");
    expect(other.steps).not.toContain(reused);
    expect(other.functions.greet?.sha256).not.toBe(first.functions.greet?.sha256);
    expect(other.functions.part?.sha256).toBe(first.functions.part?.sha256);
  });

  it("compile packages once for all functions that use the same", async () => {
    const greet = 'import { hello } from "words";\nexport const handler = async () => hello;\n';
    const { build } = await useCached({ "src/greet.ts": greet, "src/part.ts": greet });
    const { steps, compiled } = await build("24.1.0");
    expect(steps).toContain("compiled the packages of 2 of 2 functions");
    expect(compiled).toHaveLength(1);
  });

  it("are not made on another architecture than that of the functions", async () => {
    const { build } = await useCached();
    await expect(build("24.1.0", "arm64")).rejects.toMatchObject({
      code: "PACKAGE_CODE_CACHE",
      message:
        "The functions run on x86_64, and the code cache would be made by Node.js 24.1.0 for arm64, which they would not take.",
      fix: "package on a machine of x86_64, or leave codeCache out",
    });
  });
});

/** A service, packaged with a compiler that only says which one it is. */
async function useCached(changes: Readonly<Record<string, string>> = {}) {
  const { directory } = await useGreeter({ "service.ts": cached, ...changes });
  return {
    /** The texts in one function's zip, and those in that of its source maps. */
    async read(version: string) {
      const { directory: output, functions } = await this.build(version);
      const textsOf = async (file = "") =>
        Object.fromEntries(
          Object.entries(unzip(await readFile(path.join(output, file)))).map(([name, bytes]) => [
            name,
            new TextDecoder().decode(bytes),
          ]),
        );
      const { zip, sourceMaps } = functions.greet ?? {};
      return { greet: { files: await textsOf(zip), maps: await textsOf(sourceMaps?.file) } };
    },
    async build(version: string, architecture = "x64") {
      const steps: string[] = [];
      const compiled: string[] = [];
      const { list, directory: output } = await packageService(await loadService(directory), {
        toolkitVersion: "0.0.0",
        cache: true,
        onStep: ({ what }) => steps.push(what),
        findCompiler: async () => ({
          version,
          architecture,
          async compile(script) {
            compiled.push(script);
            return Buffer.from(`compiled by ${version}`);
          },
        }),
      });
      return { directory: output, steps, compiled, functions: list.functions };
    },
  };
}
