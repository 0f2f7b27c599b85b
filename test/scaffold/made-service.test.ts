/** Services that are made here: as the formatter and the compiler want them, planned, packaged, tested and served. */
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readTemplate, readVersions } from "../../src/cli/scaffolding/read-template.ts";
import { loadService } from "../../src/package/index.ts";
import { planService } from "../../src/plan/index.ts";
import { type ServiceSpec, scaffoldService, specProblems } from "../../src/scaffold/index.ts";
import { startLocalService } from "../../src/testing/index.ts";
import { lambdakit } from "../recording-terminal.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { packages, runTool } from "./run-tool.ts";
import { adsSpec, longestSpec, ordersSpec, windowsSpec } from "./specs.ts";

const template = await readTemplate();
const versions = await readVersions();

/** Writes a service into a folder where its packages are found. */
async function made(spec: ServiceSpec): Promise<string> {
  const folder = await temporaryFolder();
  for (const [file, text] of scaffoldService(spec, template, versions)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  await symlink(packages, path.join(folder, "node_modules"));
  return folder;
}

describe.each([
  ["of one word, as usual", ordersSpec],
  ["of two words, with each kind of field and other ids", windowsSpec],
  ["of the shortest name, with one field", adsSpec],
  ["of the longest names", longestSpec],
])("a service %s", (_, spec) => {
  it("is what the formatter writes, has right types, and plans in each environment", async () => {
    expect(specProblems(spec, template)).toEqual([]);
    const folder = await made(spec);
    const [formatted, typed] = await Promise.all([
      runTool(folder, "@biomejs/biome/bin/biome", ["ci", "."]),
      runTool(folder, "typescript/bin/tsc", []),
    ]);
    expect(formatted.exitCode, formatted.said).toBe(0);
    expect(typed.exitCode, typed.said).toBe(0);
    const { manifest } = await loadService(folder);
    for (const environment of ["dev", "sit", "prod"] as const) {
      const plan = planService(manifest, environment);
      expect(plan.accountId).toBe(spec.environments[environment].accountId);
      expect(plan.functions).toHaveLength(6);
    }
  }, 240_000);
});

it("passes its own tests, with those of a function and a route more, and is served", {
  timeout: 400_000,
}, async () => {
  const folder = await made(windowsSpec);
  const receipt = "GET /v1.0/receipts/{receiptId}/pages/{pageNumber}";
  const into = ["--service", folder];
  for (const args of [
    ["new", "function", "get-receipt", "--route", receipt, "--auth", "none", ...into],
    ["new", "function", "send-receipt", ...into],
    [
      "new",
      "route",
      "GET /v1.0/latest-windows",
      "--function",
      "list",
      "--auth",
      "windows:read",
      ...into,
    ],
    ["new", "route", "POST /v1.0/receipts", "--function", "getReceipt", ...into],
  ]) {
    expect(await lambdakit(args)).toMatchObject({ exitCode: 0 });
  }
  const formatted = await runTool(folder, "@biomejs/biome/bin/biome", ["ci", "."]);
  expect(formatted.exitCode, formatted.said).toBe(0);
  const typed = await runTool(folder, "typescript/bin/tsc", []);
  expect(typed.exitCode, typed.said).toBe(0);
  const { exitCode, said } = await runTool(folder, "vitest/vitest.mjs", ["run", "--maxWorkers=1"]);
  expect(exitCode, said).toBe(0);
  expect(said).toMatch(/Tests\s.*1\d\d passed/);
  const served = await startLocalService(folder);
  try {
    const url = `${served.url}/v1.0/maintenance-windows`;
    const headers = {
      Authorization: `Bearer ${await served.token()}`,
      "Content-Type": "application/json",
    };
    const [body] = Object.values(
      JSON.parse(await readFile(path.join(folder, "sample-data.json"), "utf8")),
    ).flat();
    const created = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    expect(created.status).toBe(201);
    const one = `${served.url}${created.headers.get("location")}`;
    const change = { method: "PUT", headers, body: '{"minutes": 7}' };
    const answers = [
      await fetch(one),
      await fetch(one, change),
      await fetch(one, { method: "DELETE", headers }),
      await fetch(url),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 204, 200]);
    expect(await answers[1]?.json()).toMatchObject({ minutes: 7, active: "true" });
    expect(await answers[3]?.json()).toEqual({ maintenanceWindows: [], count: 0 });
  } finally {
    await served.stop();
  }
});
