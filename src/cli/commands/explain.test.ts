import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import productDefinition from "../../../services/product/service.ts";
import { productCopy, replaced } from "../../../test/product-copy.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { environmentNames, validateManifest } from "../../manifest/index.ts";
import { planService } from "../../plan/index.ts";

const product = fileURLToPath(new URL("../../../services/product", import.meta.url));
const explain = (...args: string[]) => lambdakit(["explain", "--service", product, ...args]);

describe("lambdakit explain", () => {
  it("lists everything in dev with the line of service.ts that it comes from", async () => {
    const { exitCode, stdout, stderr } = await explain();
    expect([exitCode, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "product in dev: account 536580886816, eu-west-1",
      "A change needs no confirmation.",
      "",
    ]);
    expect(stdout).toMatch(/^function {2}bbws-product-create-dev +service\.ts:\d+$/m);
    expect(stdout).toMatch(/^table {5}products-dev +service\.ts:\d+$/m);
    expect(stdout).toMatch(/^index {5}ActiveProductsIndex +service\.ts:\d+$/m);
    expect(stdout).toMatch(/^route {5}DELETE \/v1\.0\/products\/\{productId\} +service\.ts:\d+$/m);
    expect(stdout).toMatch(/^alarm {5}bbws-product-api-latency-dev +service\.ts:\d+$/m);
    expect(lines.at(-2)).toBe("Next: lambdakit explain NAME, or lambdakit explain --json");
  });

  it("lines its columns up", async () => {
    const rows = (await explain()).stdout
      .split("\n")
      .filter((line) => line.includes("service.ts:"));
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row.indexOf("service.ts:"))).size).toBe(1);
  });

  it("says what has to be typed before an environment is changed", async () => {
    expect((await explain("--env", "sit")).stdout).toContain(
      "product in sit: account 815856636111, eu-west-1\nA change needs --confirm deploy.\n",
    );
    expect((await explain("--env", "prod")).stdout).toContain(
      'product in prod: account 093646564004, af-south-1\nA change needs --confirm deploy-to-production --reason "...".\n',
    );
  });

  it("says where an environment stands by, and shows it there", async () => {
    expect((await explain("--env", "dev")).stdout).not.toContain("stands by");
    const { stdout } = await explain("--env", "prod");
    expect(stdout).toContain(
      "\nIt stands by in eu-west-1. No domain: whoever owns its name moves callers.\n",
    );
    expect(stdout).toMatch(/^standby {3}eu-west-1 +service\.ts:\d+$/m);
    const there = await explain("--env", "prod", "--standby");
    expect(there.stdout).toContain(
      'product in prod: account 093646564004, eu-west-1\nA change needs --confirm deploy-to-production --reason "...".\nThis is how it stands by: its tables are replicas.\n',
    );
    const { stdout: role } = await explain("list", "--env", "prod", "--standby");
    expect(role).toContain('"name": "bbws-product-list-prod-standby"');
  });

  it("does the sum for a name that moves, of which both lines are known", async () => {
    const region = 'recoveryRegion: "eu-west-1",';
    const domain = 'domain: { name: "products.example.com", zoneId: "Z0123456789EXAMPLE" },';
    const copy = await productCopy({
      "service.ts": (text) => replaced(text, region, `${region}\n      ${domain}`),
    });
    onTestFinished(() => rm(copy, { recursive: true }));
    const { stdout } = await lambdakit(["explain", "--service", copy, "--env", "prod"]);
    expect(stdout).toContain(
      "\nIt stands by in eu-west-1. products.example.com is there after 150 of 1800\nseconds: 3 bad checks, 30 seconds apart, and answers that resolvers keep for 60.\n",
    );
    expect(stdout).toMatch(/^domain {4}products\.example\.com +service\.ts:\d+$/m);
  });

  it("refuses to show what stands by nowhere", async () => {
    const { exitCode, stderr } = await explain("--standby");
    expect(exitCode).toBe(64);
    expect(stderr).toContain("RECOVERY_NO_STANDBY");
    expect(stderr).toContain("fix: lambdakit explain --env prod --standby");
  });

  it.each(environmentNames)("prints the whole plan of %s with --json", async (name) => {
    const validation = validateManifest(productDefinition);
    if (!validation.ok) throw new Error("the Product service has problems");
    const { stdout } = await explain("--env", name, "--json");
    expect(JSON.parse(stdout)).toEqual(planService(validation.manifest, name));
  });

  it.each([
    ["list", "bbws-product-list-dev is a function", "(functions.list)", '"memoryMb": 256'],
    ["bbws-product-get-dev", "bbws-product-get-dev is a function", "(functions.get)", '"arn"'],
    [
      "/aws/lambda/bbws-product-get-dev",
      "bbws-product-get-dev is a function",
      "(functions.get)",
      '"arn"',
    ],
    [
      "products",
      "products-dev is a table",
      "(tables.products)",
      '"timeToLiveAttribute": "expiresAt"',
    ],
    ["DYNAMODB_TABLE", "products-dev is a table", "(tables.products)", '"key": "products"'],
    [
      "ActiveProductsIndex",
      "ActiveProductsIndex is an index",
      "(tables.products.indexes.ActiveProductsIndex)",
      '"sortKey"',
    ],
    [
      "POST /v1.0/products",
      "POST /v1.0/products is a route",
      "(functions.create.routes[0])",
      '"function": "create"',
    ],
    [
      "bbws-product-api-latency-dev",
      "bbws-product-api-latency-dev is an alarm",
      "(alarms.apiLatency)",
      '"threshold": 5000',
    ],
  ])("explains %s", async (name, head, from, fact) => {
    const { exitCode, stdout, stderr } = await explain(name);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")[0]).toMatch(/, from service\.ts:\d+ \(/);
    expect(stdout).toContain(head);
    expect(stdout).toContain(from);
    expect(stdout).toContain(fact);
    expect(stdout).not.toContain('"from": "alarms');
  });

  it("explains everything of one name: both routes of a path, one alarm of each function", async () => {
    expect((await explain("/v1.0/products")).stdout.match(/ is a route, /g)).toHaveLength(2);
    expect((await explain("bbws-product-service-dev")).stdout).toContain(
      "bbws-product-service-dev is an alarm",
    );
    expect((await explain("function-errors")).stdout.match(/ is an alarm, /g)).toHaveLength(5);
  });

  it("prints what a name stands for as a list with --json", async () => {
    const { stdout } = await explain("get", "--json", "--env", "prod");
    const value = { key: "get", name: "bbws-product-get-prod", from: "functions.get" };
    expect(JSON.parse(stdout)).toMatchObject({
      environment: "prod",
      found: [{ kind: "function", value }],
    });
  });

  it("refuses a name that is nothing, and suggests the one that was meant", async () => {
    expect(await explain("prodcts")).toMatchObject({
      exitCode: 64,
      stdout: "",
      stderr: `error EXPLAIN_UNKNOWN_NAME
  at prodcts
  Nothing in dev is called "prodcts".
  fix: lambdakit explain 'products' --env dev
`,
    });
    expect((await explain("bbws-product-list-dev", "--env", "sit")).stderr).toContain(
      "fix: lambdakit explain 'bbws-product-list-sit'",
    );
  });

  it("names itself as the way to see all names where none is near", async () => {
    expect((await explain("warehouse")).stderr).toContain("fix: lambdakit explain --env dev\n");
  });

  it("says where it looked for service.ts", async () => {
    const { exitCode, stderr } = await lambdakit(["explain", "--service", "no/such/service"]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain("MANIFEST_NOT_FOUND");
    expect(stderr).toContain("fix: name the service's folder: --service path/to/service");
  });
});
