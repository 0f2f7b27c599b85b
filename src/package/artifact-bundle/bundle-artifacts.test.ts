import { symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import type { BundledFunction } from "../contents/contents.ts";
import { bundleArtifacts } from "./bundle-artifacts.ts";

const shapes = {
  "node_modules/shapes/package.json":
    '{ "name": "shapes", "version": "1.0.0", "main": "old.js", "module": "index.js", "sideEffects": false }',
  "node_modules/shapes/index.js":
    'import { sep } from "node:path";\nexport const circle = () => "circle" + sep;\nexport const square = () => "square";\n',
  "node_modules/shapes/old.js": "exports.circle = () => 'old';\n",
};
const handler = (imports: string, value: string) =>
  `${imports}\nexport const handler = async () => ${value};\n`;

describe("a bundled function", () => {
  it("has its own code in one module and its packages in another", async () => {
    const { get } = await bundle({ get: handler('import { circle } from "shapes";', "circle()") });
    expect(Object.keys(get.files)).toEqual(["index.mjs", "packages.mjs"]);
    expect(codeOf(get, "index.mjs")).not.toContain('"circle"');
    expect(codeOf(get, "packages.mjs")).toContain('"circle"');
    expect(codeOf(get, "packages.mjs")).not.toContain("square");
  });

  it("has one module where it uses no package", async () => {
    const { get } = await bundle({ get: handler("", '"nothing"') });
    expect(Object.keys(get.files)).toEqual(["index.mjs"]);
  });

  it("shares its packages' module with a function that uses the same", async () => {
    const use = 'import { circle } from "shapes";';
    const { get, list, other } = await bundle({
      get: handler(use, '"get" + circle()'),
      list: handler(use, '"list" + circle()'),
      other: handler('import { square } from "shapes";', "square()"),
    });
    expect(list.files["packages.mjs"]).toBe(get.files["packages.mjs"]);
    expect(codeOf(other, "packages.mjs")).not.toBe(codeOf(get, "packages.mjs"));
  });

  it("is what it would be alone, whatever other functions there are", async () => {
    const get = handler('import { circle } from "shapes";', "circle()");
    const alone = await bundle({ get });
    const beside = await bundle({
      get,
      a: handler('import { square } from "shapes";', "square()"),
      z: handler('import * as shapes from "shapes";', "Object.keys(shapes)"),
    });
    expect(beside.get.files).toEqual(alone.get.files);
    expect(beside.get.sourceMaps).toEqual(alone.get.sourceMaps);
  });

  it("is the same where its packages lie elsewhere", async () => {
    const get = handler('import { circle } from "shapes";', "circle()");
    const { get: near } = await bundle({ get });
    const elsewhere = await temporaryFolder(shapes);
    const directory = await temporaryFolder({ "src/get.ts": get });
    await symlink(path.join(elsewhere, "node_modules"), path.join(directory, "node_modules"));
    const [far] = await bundleArtifacts(directory, [source("get")]);
    expect(far?.files).toEqual(near.files);
  });

  it("takes Node.js's modules without importing them", async () => {
    const { get } = await bundle({
      get: handler(
        'import { basename } from "path";\nimport { circle } from "shapes";',
        "basename(circle())",
      ),
    });
    for (const name of ["index.mjs", "packages.mjs"]) {
      expect(codeOf(get, name)).toContain('process.getBuiltinModule("node:path")');
      expect(codeOf(get, name)).not.toMatch(/(from|import)\s*"(node:)?path"/);
    }
  });

  it("takes them so where they are imported later too, and gets what import() gives", async () => {
    const later =
      'const later = async () => {\n  const { default: whole, sep } = await import("node:path");';
    const { get } = await bundle({
      get: handler(`${later}\n  return [whole.sep === sep, sep];\n};`, "later()"),
    });
    const code = codeOf(get, "index.mjs");
    expect(code).not.toContain("import(");
    const { handler: run } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    expect(await run()).toEqual([true, "/"]);
  });

  it("is one module where some of its code has to run before a package", async () => {
    const { get } = await bundle({
      get: handler('import "./set-up.ts";\nimport { circle } from "shapes";', "circle()"),
      "set-up": "globalThis.isSetUp = true;\n",
    });
    expect(Object.keys(get.files)).toEqual(["index.mjs"]);
    expect(codeOf(get, "index.mjs")).toMatch(/isSetUp.*"circle"/s);
  });

  it("is one module where a file would be in both, and would run twice", async () => {
    const { get } = await bundle({
      get: handler('import { made } from "old";\nimport { mine } from "young";', "made === mine"),
      "node_modules/old/package.json": '{ "name": "old", "main": "i.js" }',
      "node_modules/old/i.js": "exports.made = {};",
      "node_modules/young/package.json": '{ "name": "young", "module": "i.js" }',
      "node_modules/young/i.js": 'import { made } from "old";\nexport const mine = made;\n',
    });
    expect(Object.keys(get.files)).toEqual(["index.mjs"]);
  });

  it("says what is inside as if it were one bundle", async () => {
    const { get } = await bundle({
      get: handler(
        'import { circle } from "shapes";\nimport { sep } from "node:path";',
        "circle() + sep",
      ),
    });
    expect(get.inputs.map(({ path, package: from }) => [path, from?.name])).toEqual([
      ["node_modules/shapes/index.js", "shapes"],
      ["src/get.ts", undefined],
    ]);
    expect(get.inputs.find(({ path }) => path === "src/get.ts")?.imports).toMatchObject([
      { path: "node_modules/shapes/index.js", specifier: "shapes" },
    ]);
    expect(get.inputs.every(({ bytes }) => bytes > 0)).toBe(true);
  });

  it("tells no path of the machine, in its modules and in their source maps", async () => {
    const directory = await temporaryFolder(
      sources({ get: handler('import { circle } from "shapes";', "circle()") }),
    );
    const [get] = await bundleArtifacts(directory, [source("get")]);
    for (const bytes of [
      ...Object.values(get?.files ?? {}),
      ...Object.values(get?.sourceMaps ?? {}),
    ]) {
      expect(new TextDecoder().decode(bytes)).not.toContain(directory);
    }
  });
});

describe("AWS's clients", () => {
  const chain = "node_modules/@aws-sdk/credential-provider-node";
  const environment = "node_modules/@aws-sdk/credential-provider-env";
  const client = {
    "node_modules/@aws-sdk/client-any/package.json":
      '{ "name": "@aws-sdk/client-any", "module": "i.js" }',
    "node_modules/@aws-sdk/client-any/i.js":
      'import { defaultProvider } from "@aws-sdk/credential-provider-node";\nexport const client = () => defaultProvider;\n',
    [`${chain}/package.json`]: '{ "name": "@aws-sdk/credential-provider-node", "module": "i.js" }',
    [`${chain}/i.js`]: 'export const defaultProvider = () => "the whole chain";\n',
  };
  const provider = {
    [`${environment}/package.json`]:
      '{ "name": "@aws-sdk/credential-provider-env", "module": "i.js" }',
    [`${environment}/i.js`]: 'export const fromEnv = () => "the environment";\n',
  };
  const get = handler('import { client } from "@aws-sdk/client-any";', "client()");

  it("know the credentials of the environment, and no chain", async () => {
    const code = codeOf((await bundle({ get, ...client, ...provider })).get, "packages.mjs");
    expect(code).toContain("the environment");
    expect(code).not.toContain("the whole chain");
  });

  it("keep the chain where there is nothing to put in its place", async () => {
    const code = codeOf((await bundle({ get, ...client })).get, "packages.mjs");
    expect(code).toContain("the whole chain");
  });

  it("leave the chain to whoever imports it himself", async () => {
    const own = handler(
      'import { defaultProvider } from "@aws-sdk/credential-provider-node";',
      "defaultProvider()",
    );
    const code = codeOf((await bundle({ get: own, ...client, ...provider })).get, "packages.mjs");
    expect(code).toContain("the whole chain");
  });
});

type Files = Readonly<Record<string, string>>;

/** Files of `node_modules` by their paths, and the service's own by their names. */
function sources(files: Files): Files {
  const named = Object.entries(files).map(([name, text]) => [
    name.startsWith("node_modules/") ? name : `src/${name}.ts`,
    text,
  ]);
  return {
    ...shapes,
    "package.json": '{ "name": "service", "type": "module" }',
    ...Object.fromEntries(named),
  };
}

function source(key: string) {
  return { key, entry: `src/${key}.ts`, runtime: "nodejs22.x" };
}

/** The functions of a service, by their keys. */
async function bundle(files: Files): Promise<
  Record<string, BundledFunction> & {
    get: BundledFunction;
    list: BundledFunction;
    other: BundledFunction;
  }
> {
  const keys = Object.keys(files).filter((name) => !/\/|-/.test(name));
  const bundles = await bundleArtifacts(await temporaryFolder(sources(files)), keys.map(source));
  return Object.fromEntries(bundles.map((one) => [one.key, one])) as never;
}

function codeOf({ files }: BundledFunction, name: string): string {
  return new TextDecoder().decode(files[name]);
}
