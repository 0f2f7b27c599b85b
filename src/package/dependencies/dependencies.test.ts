import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createBundler } from "../bundler.ts";

const shapes = {
  "package.json":
    '{ "name": "shapes", "version": "1.0.0", "module": "index.js", "sideEffects": false }',
  "index.js":
    'export * from "./round.js";\nexport { side as default, angle } from "./square.js";\n',
  "round.js": 'export const circle = "circle";\nexport const unused = "never seen";\n',
  "square.js": 'export const side = "side";\nexport const angle = "angle";\n',
};

describe("the packages of a service", () => {
  it("lie apart from its own code, which imports them", async () => {
    const service = await useService({ shapes }, 'import { circle } from "shapes";', "circle");
    const module = await service.build();
    expect(await load(module)).toBe("circle");
    expect(await readFile(module, "utf8")).not.toContain('"circle"');
  });

  it.each([
    ["a name", 'import { circle } from "shapes";', "circle", "circle"],
    ["another name for it", 'import { circle as round } from "shapes";', "round", "circle"],
    ["the default", 'import side from "shapes";', "side", "side"],
    ["a namespace, by its names", 'import * as all from "shapes";', "all.angle", "angle"],
    [
      "a whole namespace",
      'import * as all from "shapes";',
      "Object.keys(all).join()",
      "angle,circle,default,unused",
    ],
    [
      "a namespace when it is needed",
      "",
      '(await import("shapes")).circle + (await import("shapes")).default',
      "circleside",
    ],
    ["what is required", "", 'require("shapes").circle', "circle"],
  ])("can be imported by %s", async (_, imports, value, expected) => {
    const service = await useService({ shapes }, imports, value);
    expect(await load(await service.build())).toBe(expected);
  });

  it("are bundled without what nobody uses", async () => {
    const service = await useService({ shapes }, 'import * as s from "shapes";', "s.circle");
    await service.build();
    expect(await service.bundled()).toContain('"circle"');
    expect(await service.bundled()).not.toContain("never seen");
  });

  it("may export names that are no identifiers", async () => {
    const odd = {
      "package.json": '{ "name": "odd", "type": "module", "exports": "./index.js" }',
      "index.js":
        'const a = "odd";\nexport { a as "a-b", a as null, a as "it\'s \\"so\\"", a as "\\u00e9\\n" };\n',
    };
    const value = 'odd["a-b"] + odd.null + odd[`it\'s "so"`] + odd["\\u00e9\\n"]';
    const service = await useService({ odd }, 'import * as odd from "odd";', value);
    expect(await load(await service.build())).toBe("oddoddoddodd");
  });

  it("are run where they are imported for their effect alone, and only if they have any", async () => {
    const index = "globalThis.ran = (globalThis.ran ?? '') + import.meta.url.length;\n";
    const active = { "package.json": '{ "name": "active", "module": "i.js" }', "i.js": index };
    const passive = {
      "package.json": '{ "name": "passive", "module": "i.js", "sideEffects": false }',
      "i.js": "globalThis.ranInVain = true;\n",
    };
    const service = await useService(
      { active, passive },
      'import "active";\nimport "passive";',
      "String(globalThis.ran !== undefined) + globalThis.ranInVain",
    );
    expect(await load(await service.build())).toBe("trueundefined");
  });

  it("stay with the code that imports them where they are CommonJS", async () => {
    const old = { "package.json": '{ "name": "old", "main": "i.js" }', "i.js": "exports.a = 'a';" };
    const service = await useService({ old }, 'import * as old from "old";', "old.a");
    expect(await load(await service.build())).toBe("a");
  });

  it("run once, even where one of them is CommonJS and another imports it", async () => {
    const old = {
      "package.json": '{ "name": "old", "main": "i.js" }',
      "i.js": "exports.made = {};",
    };
    const young = {
      "package.json": '{ "name": "young", "module": "i.js" }',
      "i.js": 'import { made } from "old";\nexport const mine = made;\n',
    };
    const imports = 'import { made } from "old";\nimport { mine } from "young";';
    const service = await useService({ old, young }, imports, "String(made === mine)");
    expect(await load(await service.build())).toBe("true");
  });

  it("run after code that the service imports before them for its effect alone", async () => {
    const late = {
      "package.json": '{ "name": "late", "module": "i.js" }',
      "i.js": "export const saw = globalThis.isSetUp;\n",
    };
    const imports = 'import "./set-up.ts";\nimport { saw } from "late";';
    const service = await useService({ late }, imports, "String(saw)");
    await service.write("set-up.ts", "globalThis.isSetUp = true;\n");
    expect(await load(await service.build())).toBe("true");
  });

  it("name what they do not export where somebody imports it", async () => {
    const service = await useService({ shapes }, 'import { cirlce } from "shapes";', "cirlce");
    await expect(service.build()).rejects.toMatchObject({
      code: "BUNDLE_FAILED",
      message: expect.stringMatching(/No matching export.* for import "cirlce"/s),
    });
  });

  it("are bundled anew when more of them is used", async () => {
    const service = await useService({ shapes }, 'import { circle } from "shapes";', "circle");
    const first = await service.build();
    await service.save('import { circle, angle } from "shapes";', "circle + angle");
    expect(await load(await service.build())).toBe("circleangle");
    expect(await load(first)).toBe("circle");
  });

  it.each([
    ["a name", 'import { angle } from "shapes";', "angle", "angle"],
    ["one of a namespace", 'import * as all from "shapes";', "all.angle", "angle"],
    ["a whole namespace", 'import * as all from "shapes";', "Object.keys(all).length", 4],
    ["a name that is passed on", 'import { angle } from "./passed.ts";', "angle", "angle"],
    ["what is imported on demand", "", '(await import("shapes")).angle', "angle"],
  ])("may be used by %s that the last run has not used", async (_, imports, value, expected) => {
    const service = await useService({ shapes }, 'import { circle } from "shapes";', "circle");
    await service.write("passed.ts", 'export { angle } from "shapes";\n');
    await service.build();
    await service.restart();
    await service.save(imports, value);
    expect(await load(await service.build())).toBe(expected);
  });

  it("are bundled anew when one of their files changes, and not when the service's own do", async () => {
    const service = await useService({ shapes }, 'import { circle } from "shapes";', "circle");
    await service.build();
    const before = await service.bundles();

    await service.save('import { circle } from "shapes";', "circle + 1");
    expect(await load(await service.build())).toBe("circle1");
    expect(await service.bundles()).toEqual(before);

    await service.install("shapes", { "round.js": 'export const circle = "ring";\n' });
    expect(await load(await service.build())).toBe("ring1");
    expect(await service.bundles()).not.toEqual(before);
  });

  it("are not bundled again by the next run", async () => {
    const service = await useService({ shapes }, 'import { circle } from "shapes";', "circle");
    const first = await service.build();
    const before = await service.bundles();
    await service.restart();
    expect(await service.build()).toBe(first);
    expect(await service.bundles()).toEqual(before);
  });

  it.each([
    ["a record that is no JSON", (cache: string) => writeFile(`${cache}/latest.json`, "{ half")],
    [
      "a record of another version",
      async (cache: string) => {
        const record = await readFile(`${cache}/latest.json`, "utf8");
        await writeFile(`${cache}/latest.json`, record.replace("esbuild ", "esbuild 0."));
      },
    ],
    ["no bundle", removeBundles],
  ])("are bundled again where the run before left %s", async (_, damage) => {
    const service = await useService({ shapes }, 'import { circle } from "shapes";', "circle");
    await service.build();
    await damage(service.cache);
    await service.restart();
    expect(await load(await service.build())).toBe("circle");
  });

  it("change what a module is called by changing, so that functions are replaced", async () => {
    const service = await useService({ shapes }, 'import { circle } from "shapes";', "circle");
    const first = await service.build();
    await service.install("shapes", { "round.js": 'export const circle = "ring";\n' });
    const second = await service.build();
    expect(second).not.toBe(first);
    expect(await load(first)).toBe("circle");
  });
});

type Files = Readonly<Record<string, string>>;

/** A service with these packages, and one module whose handler gives a value. */
async function useService(
  packages: Readonly<Record<string, Files>>,
  imports: string,
  value: string,
) {
  const directory = await temporaryFolder({});
  const cache = path.join(directory, "cache");
  const write = async (name: string, text: string) => {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  const install = async (name: string, files: Files) => {
    for (const [file, text] of Object.entries(files)) {
      await write(`node_modules/${name}/${file}`, text);
    }
  };
  const save = (lines: string, expression: string) =>
    write("own.ts", `${lines}\nexport const handler = async () => ${expression};\n`);
  const open = () =>
    createBundler({
      directory,
      outputDirectory: path.join(directory, "out"),
      cacheDirectory: cache,
      entries: { own: "own.ts" },
    });
  for (const [name, files] of Object.entries(packages)) await install(name, files);
  await save(imports, value);
  let bundler = await open();
  onTestFinished(() => bundler.dispose());
  const bundles = async () => (await readdir(cache)).filter((name) => name !== "latest.json");
  return {
    cache,
    write,
    save,
    install,
    bundles,
    build: async () => (await bundler.build()).modules.own ?? "",
    async restart() {
      await bundler.dispose();
      bundler = await open();
    },
    /** All that the bundles of packages consist of. */
    async bundled() {
      const files = (await readdir(cache, { recursive: true })).filter((f) => f.endsWith(".mjs"));
      const texts = files.map((file) => readFile(path.join(cache, file), "utf8"));
      return (await Promise.all(texts)).join("\n");
    },
  };
}

async function removeBundles(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (name !== "latest.json") await rm(path.join(cache, name), { recursive: true });
  }
}

/** What a module's handler gives, in a thread of its own: the test runner would transform the module. */
function load(file: string): Promise<unknown> {
  const code = `import(${JSON.stringify(pathToFileURL(file).href)})
    .then((module) => module.handler())
    .then((value) => require("node:worker_threads").parentPort.postMessage(value));`;
  return new Promise((resolve, reject) => {
    new Worker(code, { eval: true }).once("message", resolve).once("error", reject);
  });
}
