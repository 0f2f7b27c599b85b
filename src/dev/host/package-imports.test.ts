import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { packageImports } from "./package-imports.ts";

async function importsOf(modules: (packages: string) => Readonly<Record<string, string>>) {
  const packages = await temporaryFolder();
  const taskRoot = await temporaryFolder(modules(pathToFileURL(packages).href));
  const code = { taskRoot, handler: "index.handler", environmentModule: "", packages };
  const urls = packageImports({ ...code, module: path.join(taskRoot, "index.mjs") });
  return urls.map((url) => path.basename(url));
}

describe("what code imports from its packages", () => {
  it("is found in every form of import, in the order in which it runs, through modules of its own", async () => {
    const found = await importsOf((url) => ({
      "index.mjs": [
        `import {\n  one,\n  two as three\n} from "./_shared.mjs";`,
        `import "${url}/b.mjs";`,
        `import * as c from "${url}/c.mjs";`,
        `import d from "${url}/d.mjs";`,
        `export { e } from "${url}/e.mjs";`,
        `import { readFileSync } from "node:fs";`,
        `const f = await import("${url}/f.mjs");`,
        `const text = 'import "${url}/g.mjs";';`,
      ].join("\n"),
      "_shared.mjs": `import { a } from "${url}/a.mjs";\nimport { d } from "${url}/d.mjs";\nimport "./index.mjs";`,
    }));
    expect(found).toEqual(["a.mjs", "d.mjs", "b.mjs", "c.mjs", "e.mjs"]);
  });

  it("is nothing where the code cannot be read, or has no packages", async () => {
    expect(await importsOf(() => ({}))).toEqual([]);
    const code = { taskRoot: "/", handler: "index.handler", environmentModule: "" };
    expect(packageImports(code)).toEqual([]);
  });
});
