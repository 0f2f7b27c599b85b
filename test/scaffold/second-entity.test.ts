/** Further entities, in a service that was made and in the Product service: from the command to all that are served. */
import { cp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readTemplate, readVersions } from "../../src/cli/scaffolding/read-template.ts";
import { scaffoldService } from "../../src/scaffold/index.ts";
import { startLocalService } from "../../src/testing/index.ts";
import { lambdakit } from "../recording-terminal.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { packages, runTool } from "./run-tool.ts";
import { productSpec } from "./specs.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** What stands in a service's folder, but for packages and what `dev` keeps. */
async function filesOf(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((one) => one.isFile())
    .map((one) => path.relative(folder, path.join(one.parentPath, one.name)))
    .filter((name) => !/^(?:node_modules|\.lambdakit|\.git)\//.test(name));
  const texts = files.map(
    async (name) => [name, await readFile(path.join(folder, name), "utf8")] as const,
  );
  return new Map(await Promise.all(texts));
}

/** Files that were there and are others now. */
function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) {
  return [...before].filter(([name, text]) => after.get(name) !== text).map(([name]) => name);
}

/** Lines of a file that are no longer there. */
function missingLines(file: string, before: Map<string, string>, after: Map<string, string>) {
  const lines = new Set(after.get(file)?.split("\n"));
  return before
    .get(file)
    ?.split("\n")
    .filter((line) => !lines.has(line));
}

const isDerived = (name: string) => /^(?:runbooks|terraform|\.github|\.vscode)\//.test(name);

async function expectPassing(folder: string, tool: string, args: readonly string[]) {
  const { exitCode, said } = await runTool(folder, tool, args);
  expect(exitCode, said).toBe(0);
}

/** For what hangs, and not for a machine that is busy. */
const tests = ["run", "--maxWorkers=2", "--testTimeout=120000"];

/** Holds a service against its tools, its tests, and all that is derived from it. */
async function expectSound(folder: string, formatter = ["ci", "."]) {
  await expectPassing(folder, "@biomejs/biome/bin/biome", formatter);
  await expectPassing(folder, "typescript/bin/tsc", []);
  await expectPassing(folder, "vitest/vitest.mjs", tests);
  const check = await lambdakit(["generate", "--check", "--service", folder]);
  expect(check.exitCode, check.stdout).toBe(0);
}

/** Makes one of each by its first sample, and gives how many each route lists then. */
async function createAndList(folder: string, routes: readonly string[]) {
  const samples = JSON.parse(await readFile(path.join(folder, "sample-data.json"), "utf8"));
  const served = await startLocalService(folder);
  try {
    const headers = {
      Authorization: `Bearer ${await served.token()}`,
      "Content-Type": "application/json",
    };
    const counts: number[] = [];
    for (const route of routes) {
      const [body] = samples[`POST ${route}`];
      const request = { method: "POST", headers, body: JSON.stringify(body) };
      const created = await fetch(served.url + route, request);
      expect(created.status, await created.text()).toBe(201);
      expect((await fetch(served.url + created.headers.get("location"))).status).toBe(200);
    }
    for (const route of routes) {
      const listed = (await (await fetch(served.url + route)).json()) as { count: number };
      counts.push(listed.count);
    }
    expect(served.refusals).toEqual([]);
    return counts;
  } finally {
    await served.stop();
  }
}

async function findingsOf(folder: string): Promise<string[]> {
  const { stdout } = await lambdakit(["audit", "--service", folder, "--json"]);
  return JSON.parse(stdout).findings.map(({ id }: { id: string }) => id);
}

it("a service that was made has three entities, each by one command, and all are served", {
  timeout: 600_000,
}, async () => {
  const folder = path.join(await temporaryFolder(), "orders");
  expect((await lambdakit(["new", "orders", "--out", folder])).exitCode).toBe(0);
  await symlink(packages, path.join(folder, "node_modules"));
  const manifest = path.join(folder, "service.ts");
  const commented = (await readFile(manifest, "utf8"))
    .replace("  functions: {\n", "  functions: {\n    // Whoever lists, lists all.\n")
    .replace("  tables: {\n", "  tables: {\n    /* Orders only. */\n");
  await writeFile(manifest, commented);
  const before = await filesOf(folder);
  const findings = await findingsOf(folder);

  for (const args of [
    ["MaintenanceWindow", "--id", "MW:10:0-9a-f", "--field", "title:text:3..80"],
    ["sheep", "--plural", "sheep-list", "--field", "state:choice:list|get", "--field", "n:integer"],
  ]) {
    const told = await lambdakit(["new", "entity", ...args, "--service", folder]);
    expect(told.exitCode, told.stderr).toBe(0);
  }

  const after = await filesOf(folder);
  const others = changed(before, after).filter((name) => !isDerived(name));
  expect(others.sort()).toEqual(["sample-data.json", "service.ts"]);
  expect(missingLines("service.ts", before, after)).toEqual([]);
  expect(await findingsOf(folder)).toEqual(findings);
  await expectSound(folder);
  const routes = ["/v1.0/orders", "/v1.0/maintenance-windows", "/v1.0/sheep-list"];
  expect(await createAndList(folder, routes)).toEqual([1, 1, 1]);
});

it("the Product service has another entity beside products, and packages it", {
  timeout: 600_000,
}, async () => {
  const root = await temporaryFolder({ ".git/HEAD": "ref: refs/heads/main\n" });
  const folder = path.join(root, "services/product");
  await cp(path.join(repository, "services/product"), folder, {
    recursive: true,
    filter: (source) => !source.includes(".lambdakit"),
  });
  const metrics = ["embedded-metrics.ts", "golden/embedded-metric-format.schema.json"];
  for (const file of ["package.json", ...metrics.map((name) => `test/${name}`)]) {
    await cp(path.join(repository, file), path.join(root, file));
  }
  await symlink(packages, path.join(root, "node_modules"));
  // Here they are the repository's, for all that is in it.
  const made = scaffoldService(productSpec, await readTemplate(), await readVersions());
  for (const file of ["biome.json", "tests/engine.ts", "tsconfig.json", "vitest.config.ts"]) {
    await writeFile(path.join(folder, file), made.get(file) ?? "");
  }
  await lambdakit(["generate", "--service", folder]);
  const before = await filesOf(folder);

  const args = ["new", "entity", "supplier", "--field", "name:text", "--field", "rating?:integer"];
  const told = await lambdakit([...args, "--service", folder]);
  expect(told.exitCode, told.stderr).toBe(0);

  const after = await filesOf(folder);
  const others = changed(before, after).filter((name) => !isDerived(name));
  expect(others.sort()).toEqual(["sample-data.json", "service.ts"]);
  expect(missingLines("service.ts", before, after)).toEqual([]);
  await expectSound(folder, ["check", "service.ts", "src", "tests/suppliers"]);
  expect(await createAndList(folder, ["/v1.0/products", "/v1.0/suppliers"])).toEqual([1, 1]);
  const packaged = await lambdakit(["package", "--service", folder, "--json"]);
  expect(packaged.exitCode, packaged.stderr).toBe(0);
  const { functions } = JSON.parse(packaged.stdout);
  const keys = functions.map((one: { function: string }) => one.function);
  expect(keys).toEqual(expect.arrayContaining(["create", "createSupplier", "listSuppliers"]));
});

it("a service that somebody has written in another way gets one, with what its tests need", {
  timeout: 300_000,
}, async () => {
  const environment = (approval: string) => `{
    accountId: "111122223333", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7, approval: "${approval}",
    jwt: { issuer: "https://login.example.com", audience: "pings" },
  }`;
  const folder = await temporaryFolder({
    "service.ts": `import { defineService } from "lambdakit";
export default defineService({ name: "pings", prefix: "acme", description: "Pings",
  api: { cors: { allowOrigins: ["https://pings.example.com"] } },
  functions: { ping: { description: "Pings", entry: "ping.ts", routes: ["GET /ping"], auth: "none" } },
  environments: { dev: ${environment("none")}, sit: ${environment("confirm")}, prod: ${environment("confirm-and-reason")} },
});
`,
    "ping.ts": 'export const handler = async () => ({ statusCode: 200, body: "pong" });\n',
    "package.json": JSON.stringify({
      type: "module",
      dependencies: { lambdakit: "*", zod: "*" },
      devDependencies: {
        "@aws-sdk/client-dynamodb": "*",
        "@aws-sdk/lib-dynamodb": "*",
        vitest: "*",
      },
    }),
  });
  const told = await lambdakit(["new", "entity", "customer", "--service", folder, "--json"]);
  expect(told.exitCode, told.stderr).toBe(0);
  const { files } = JSON.parse(told.stdout);
  expect(files).toEqual(
    expect.arrayContaining(["sample-data.json", "tests/engine.ts", "vitest.config.ts"]),
  );
  await symlink(packages, path.join(folder, "node_modules"));
  await expectPassing(folder, "vitest/vitest.mjs", tests);
  expect(await createAndList(folder, ["/v1.0/customers"])).toEqual([1]);
});
