import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import productDefinition from "../../../services/product/service.ts";
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
    expect(JSON.parse(stdout)).toMatchObject([
      { key: "get", name: "bbws-product-get-prod", from: "functions.get" },
    ]);
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
