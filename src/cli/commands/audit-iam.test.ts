import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { productCopy } from "../../../test/product-copy.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { listPermissions } from "../../least-privilege/index.ts";

const product = fileURLToPath(new URL("../../../services/product", import.meta.url));
const audit = (...args: string[]) => lambdakit(["audit", "iam", "--service", product, ...args]);

describe("lambdakit audit iam", () => {
  it("lists what each function may do, in lines that fit", async () => {
    const { exitCode, stdout, stderr } = await audit();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^product: 6 functions have \d+ permissions$/m);
    expect(stdout).toMatch(/^create +dynamodb:PutItem +products-dev +IDEMPOTENCY#\*$/m);
    expect(stdout).toContain("Next: lambdakit audit iam --minimal");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("has the same for programs", async () => {
    const { stdout } = await audit("--json");
    const permissions = listPermissions(productPlan("dev"));
    expect(JSON.parse(stdout)).toEqual({ service: "product", permissions });
  });

  it("is the only word that audit knows", async () => {
    const { exitCode, stderr } = await lambdakit(["audit", "ima", "--service", product]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain("audit ima");
    expect(stderr).toContain("fix: lambdakit audit, or lambdakit audit iam");
  });

  it("needs a script that is there", async () => {
    const { exitCode, stderr } = await audit("--minimal", "--script", "nothing");
    expect(exitCode).toBe(64);
    expect(stderr).toContain("PERMISSIONS_NO_SCRIPT");
    expect(stderr).toContain("It has: start, test.");
  });
});

/** In the place of a test runner: one file, whose calls need two permissions, and that misses one of them. */
const runner = (needed: readonly string[], missed: string) => `
  import { appendFileSync } from "node:fs";
  const { LAMBDAKIT_PERMISSIONS_RECORD: file, LAMBDAKIT_PERMISSIONS_WITHOUT: without } = process.env;
  const test = process.cwd() + "/tests/a.test.ts";
  const write = (line) => appendFileSync(file, JSON.stringify({ test, ...line }) + "\\n");
  write({ seen: "service" });
  if (without === undefined) {
    for (const permission of ${JSON.stringify(needed)}) write({ seen: "needed", permission });
  } else {
    if (process.argv[2] !== test) throw new Error("not this one");
    write({ seen: "removed", permission: without });
    if (without === ${JSON.stringify(missed)}) process.exit(1);
  }`;

describe("lambdakit audit iam --minimal", () => {
  const [get, priming] = listPermissions(productPlan("dev"))
    .filter((one) => one.function === "get" && one.action === "dynamodb:GetItem")
    .map(({ id }) => id) as [string, string];
  let directory: string;
  beforeAll(async () => {
    directory = await productCopy({
      "package.json": (text) =>
        JSON.stringify({ ...JSON.parse(text), scripts: { test: "node runner.mjs" } }),
    });
    await writeFile(path.join(directory, "runner.mjs"), runner([get, priming], get));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it("ends with 2 where a test misses less than there is, and says what to do", async () => {
    const args = ["audit", "iam", "--minimal", "--service", directory];
    const { exitCode, stdout, stderr } = await lambdakit(args);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^get +dynamodb:GetItem +products-dev +PRODUCT#\* +needed$/m);
    expect(stdout).toMatch(/^get +dynamodb:GetItem +products-dev +PRIMING +UNNOTICED$/m);
    expect(stdout).toMatch(/^delete +dynamodb:UpdateItem +products-dev +PRODUCT#\* +UNUSED$/m);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      '! UNNOTICED: get dynamodb:GetItem products-dev PRIMING A call is refused without it, and no test notices. These were run without it: tests/a.test.ts. fix: take "GetItem" on "PRIMING" out of functions.get.tables.products[1] in service.ts, or write a test that fails without it',
    );
    expect(stdout).toContain("Lambda writes the function's log with it.");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(stderr).toContain("2/2 ");
  }, 60_000);

  it("has the same for programs, and nothing else on stdout", async () => {
    const args = ["audit", "iam", "--minimal", "--json", "--service", directory];
    const { exitCode, stdout } = await lambdakit(args);
    const { permissions, ...rest } = JSON.parse(stdout);
    expect(exitCode).toBe(2);
    expect(rest).toEqual({ service: "product", needed: 1, findings: 12, notHeld: 24, runs: 3 });
    expect(permissions.find(({ id }: { id: string }) => id === get)).toMatchObject({
      verdict: "needed",
      tests: ["tests/a.test.ts"],
      reason: null,
    });
    expect(await readFile(path.join(directory, "service.ts"), "utf8")).toContain("PRIMING");
  }, 60_000);
});
