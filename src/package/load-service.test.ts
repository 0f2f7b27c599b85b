import { cp, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import * as z from "zod";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { LambdakitError } from "../errors/index.ts";
import { loadService } from "./index.ts";

const productDirectory = fileURLToPath(new URL("../../services/product", import.meta.url));

const environments = `{
    dev: { accountId: "111111111111", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7, approval: "none" },
    sit: { accountId: "222222222222", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7, approval: "confirm" },
    prod: { accountId: "333333333333", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7, approval: "confirm-and-reason" },
  }`;

const manifest = `import { defineService } from "lambdakit";

export default defineService({
  name: "shop",
  prefix: "acme",
  description: "What the shop sells",
  api: { cors: { allowOrigins: ["*"] } },
  functions: {
    list: { description: "List", entry: "src/list.ts", routes: ["GET /orders"], auth: "none" },
  },
  environments: ${environments},
});
`;

describe("loadService", () => {
  it("loads the Product service", async () => {
    const service = await loadService(productDirectory);
    expect(service.directory).toBe(productDirectory);
    expect(service.file).toBe(path.join(productDirectory, "service.ts"));
    expect(service.manifest.name).toBe("product");
    expect(Object.keys(service.manifest.functions)).toEqual([
      "list",
      "get",
      "create",
      "update",
      "delete",
    ]);
  });

  it("says which line states a part of the manifest", async () => {
    const directory = await temporaryFolder({ "service.ts": manifest, "src/list.ts": "" });
    const lineOf = await (await loadService(directory)).readLines();
    expect(lineOf("functions.list.routes[0]")).toBe(9);
    expect(lineOf("api")).toBe(7);
    expect(lineOf("alarms.functionErrors")).toBe(3);
  });

  it("takes a folder as it is typed, and says where it is in full", async () => {
    const directory = await temporaryFolder({ "service.ts": manifest, "src/list.ts": "" });
    const service = await loadService(path.relative(process.cwd(), directory));
    expect(service.directory).toBe(directory);
  });

  it("runs the constants and the functions that service.ts imports", async () => {
    const directory = await temporaryFolder({
      "service.ts": manifest
        .replace(`import`, `import { stage } from "./settings.ts";\nimport`)
        .replace("api: {", "api: { stage: stage(),"),
      "settings.ts": 'export const stage = (): string => "v2";\n',
      "src/list.ts": "",
    });
    expect((await loadService(directory)).manifest.api.stage).toBe("v2");
  });

  it("runs a service.ts that shares a file with functions, which import lambdakit/runtime", async () => {
    const directory = await temporaryFolder({
      "service.ts": manifest
        .replace("import", 'import { stage } from "./src/list.ts";\nimport')
        .replace("api: {", "api: { stage,"),
      "src/list.ts":
        'import { httpHandler } from "lambdakit/runtime";\nexport const stage = "v2";\nexport const handler = httpHandler;\n',
    });
    expect((await loadService(directory)).manifest.api.stage).toBe("v2");
  });

  it("sees what has changed since it was loaded last", async () => {
    const directory = await temporaryFolder({ "service.ts": manifest, "src/list.ts": "" });
    await loadService(directory);
    await writeFile(path.join(directory, "service.ts"), manifest.replace('"shop"', '"store"'));
    expect((await loadService(directory)).manifest.name).toBe("store");
  });

  it("loads an installed package once, however often the manifest changes", async () => {
    const counting = manifest
      .replace("import", 'import { next } from "counter";\nimport path from "node:path";\nimport')
      .replace("api: {", 'api: { stage: path.join("v", String(next())).replace(path.sep, ""),');
    const directory = await temporaryFolder({
      "service.ts": counting,
      "node_modules/counter/package.json": '{ "type": "module", "exports": "./index.js" }',
      "node_modules/counter/index.js": "let count = 0;\nexport const next = () => ++count;\n",
      "src/list.ts": "",
    });
    expect((await loadService(directory)).manifest.api.stage).toBe("v1");
    await writeFile(path.join(directory, "service.ts"), counting.replace('"shop"', '"store"'));
    expect((await loadService(directory)).manifest.api.stage).toBe("v2");
  });

  it("runs an installed package that Node.js could not load by itself", async () => {
    const directory = await temporaryFolder({
      "service.ts": manifest
        .replace("import", 'import { stage } from "settings";\nimport')
        .replace("api: {", "api: { stage,"),
      "node_modules/settings/index.ts": 'export const stage: string = "v3";\n',
      "src/list.ts": "",
    });
    expect((await loadService(directory)).manifest.api.stage).toBe("v3");
  });

  it("reads the schemas of another copy of zod than the toolkit's", async () => {
    const directory = await temporaryFolder({
      "service.ts": manifest
        .replace("import", 'import * as z from "zod";\nimport')
        .replace("routes:", "schemas: { query: z.object({ limit: z.string() }) }, routes:"),
      "src/list.ts": "",
    });
    const zod = path.dirname(fileURLToPath(import.meta.resolve("zod")));
    await cp(zod, path.join(directory, "node_modules/zod"), { recursive: true });
    const { manifest: loaded } = await loadService(directory);
    expect(loaded.functions.list?.schemas.query).toMatchObject({
      properties: { limit: { type: "string" } },
    });
  });

  it("finds zod's languages, where service.ts wants one", async () => {
    const directory = await temporaryFolder({
      "service.ts": manifest
        .replace("import", 'import * as z from "zod";\nz.config(z.locales.de());\nimport')
        .replace(
          'description: "What the shop sells"',
          'description: z.int().safeParse(0.5).error?.issues[0]?.message ?? ""',
        ),
      "src/list.ts": "",
    });
    const zod = path.dirname(fileURLToPath(import.meta.resolve("zod")));
    await cp(zod, path.join(directory, "node_modules/zod"), { recursive: true });
    onTestFinished(() => void z.config(z.locales.en()));
    expect((await loadService(directory)).manifest.description).toMatch(/^Ungültig/);
  });

  it("names a package that service.ts imports and that is not installed", async () => {
    const directory = await temporaryFolder({
      "service.ts": 'import { x } from "settings";\nexport default { x };\n',
    });
    const error = await failure(directory);
    expect(error.code).toBe("MANIFEST_NOT_LOADED");
    expect(error.message).toContain('Could not resolve "settings"');
  });

  it("says that there is no service.ts, and how to name the folder", async () => {
    const directory = await temporaryFolder();
    expect(await failure(directory)).toMatchObject({
      code: "MANIFEST_NOT_FOUND",
      message: `There is no service.ts in ${directory}.`,
      fix: "name the service's folder: --service path/to/service",
      at: path.join(directory, "service.ts"),
    });
  });

  it("does not take a folder called service.ts for a manifest", async () => {
    const directory = await temporaryFolder({ "service.ts/index.ts": manifest });
    expect((await failure(directory)).code).toBe("MANIFEST_NOT_FOUND");
  });

  it("shows the line of a syntax error", async () => {
    const directory = await temporaryFolder({
      "service.ts": 'export default {\n  name: "shop"\n  x: 1,\n};\n',
    });
    const error = await failure(directory);
    expect(error.code).toBe("MANIFEST_NOT_LOADED");
    expect(error.message).toContain("service.ts could not be loaded.");
    expect(error.message).toContain('Expected "}" but found "x"');
    expect(error.message).toContain("service.ts:3:2");
    expect(error.at).toBe(path.join(directory, "service.ts"));
  });

  it("names a module that service.ts imports and that is not there", async () => {
    const directory = await temporaryFolder({
      "service.ts": 'import { x } from "./settings.ts";\nexport default { x };\n',
    });
    const error = await failure(directory);
    expect(error.code).toBe("MANIFEST_NOT_LOADED");
    expect(error.message).toContain('Could not resolve "./settings.ts"');
  });

  it("says what service.ts throws while it is loaded", async () => {
    const directory = await temporaryFolder({
      "service.ts": 'throw new RangeError("no account is set");\nexport default {};\n',
    });
    const error = await failure(directory);
    expect(error.code).toBe("MANIFEST_NOT_LOADED");
    expect(error.message).toContain("RangeError: no account is set");
    expect(error.cause).toBeInstanceOf(RangeError);
  });

  it("says what service.ts throws even where that is no Error", async () => {
    const directory = await temporaryFolder({
      "service.ts": 'throw "no account is set";\nexport default {};\n',
    });
    expect((await failure(directory)).message).toContain("no account is set");
  });

  it("says that service.ts exports no manifest, and what to write", async () => {
    const directory = await temporaryFolder({ "service.ts": "export const service = {};\n" });
    expect(await failure(directory)).toMatchObject({
      code: "MANIFEST_NOT_LOADED",
      message: "service.ts exports no manifest.",
      fix: "write export default defineService({ ... })",
    });
  });

  it("reports five mistakes at once, each with its line, in the order of the file", async () => {
    const directory = await temporaryFolder({
      "service.ts": `import { defineService } from "lambdakit";

const list = {
  description: "List",
  entry: "src/list.ts",
  routes: ["FETCH /orders"],
  auth: "none",
};

export default defineService({
  name: "shop",
  prefix: "acme",
  description: "What the shop sells",
  architecure: "arm64",
  memoryMb: 64,
  api: { cors: { allowOrigins: ["*"] } },
  functions: {
    list,
    get: { description: "Get", entry: "src/list.ts", tables: { orders: [{ allow: ["GetItem"] }] } },
  },
  environments: ${environments.replace("confirm-and-reason", "confirm")},
});
`,
      "src/list.ts": "",
    });
    const error = await failure(directory);
    expect(error.message).toBe("service.ts has 5 problems.");
    expect(error.problems.map(({ code, place }) => [place?.line, place?.column, code])).toEqual([
      [6, 12, "MANIFEST_BAD_FORM"],
      [14, 3, "MANIFEST_UNKNOWN_KEY"],
      [15, 3, "MANIFEST_OUT_OF_RANGE"],
      [19, 64, "MANIFEST_UNKNOWN_TABLE"],
      [24, 100, "MANIFEST_UNPROTECTED_PRODUCTION"],
    ]);
    for (const { place } of error.problems) {
      expect(place?.file).toBe(path.join(directory, "service.ts"));
    }
  });

  it("reports files that service.ts names and that are not there", async () => {
    const directory = await temporaryFolder({
      "service.ts": manifest
        .replace("  functions: {", '  sampleData: "sample-data.json",\n  functions: {')
        .replace("src/list.ts", "src"),
      "src/other.ts": "",
    });
    const error = await failure(directory);
    expect(error).toMatchObject({
      code: "MANIFEST_INVALID",
      message: "service.ts has 2 problems.",
    });
    expect(error.problems).toEqual([
      {
        code: "MANIFEST_FILE_NOT_FOUND",
        path: ["sampleData"],
        message: "there is no file sample-data.json",
        fix: "write the path of a file, relative to service.ts",
        place: { file: path.join(directory, "service.ts"), line: 8, column: 3 },
      },
      {
        code: "MANIFEST_FILE_NOT_FOUND",
        path: ["functions", "list", "entry"],
        message: "there is no file src",
        fix: "write the path of a file, relative to service.ts",
        place: { file: path.join(directory, "service.ts"), line: 10, column: 34 },
      },
    ]);
  });

  it("reports a missing file together with problems of other kinds", async () => {
    const directory = await temporaryFolder({ "service.ts": manifest.replace('"shop"', '"Shop"') });
    const error = await failure(directory);
    expect(error.problems.map(({ code, place }) => [place?.line, code])).toEqual([
      [4, "MANIFEST_BAD_FORM"],
      [9, "MANIFEST_FILE_NOT_FOUND"],
    ]);
  });

  it("says one problem, and not one problems", async () => {
    const directory = await temporaryFolder({ "service.ts": manifest });
    expect((await failure(directory)).message).toBe("service.ts has 1 problem.");
  });

  it("reports a default export that is nothing like a manifest", async () => {
    for (const value of ["null", '"shop"', "{ functions: null }", "{ functions: { list: 5 } }"]) {
      const directory = await temporaryFolder({ "service.ts": `export default ${value};\n` });
      const error = await failure(directory);
      expect([value, error.code]).toEqual([value, "MANIFEST_INVALID"]);
    }
  });
});

async function failure(directory: string): Promise<LambdakitError> {
  const error = await loadService(directory).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LambdakitError);
  return error as LambdakitError;
}
