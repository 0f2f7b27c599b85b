/** What the command says and refuses; what things cost is src/evaluate/price's. */
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { productCopy, replaced } from "../../../test/product-copy.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { withVariables } from "../../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";

const product = fileURLToPath(new URL("../../../services/product", import.meta.url));
const cost = (...args: string[]) => lambdakit(["cost", "--service", product, ...args]);
const json = async (...args: string[]) => JSON.parse((await cost(...args, "--json")).stdout);

describe("lambdakit cost", () => {
  it("says by route what a month costs, what is there anyway, and the sum", async () => {
    const { exitCode, stdout, stderr } = await cost("--requests", "5M");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n\n").slice(0, 4).join("\n\n")).toBe(`\
product in dev: a month with 5,000,000 requests, in USD

                                   Lambda    API  DynamoDB  Logs  X-Ray    Sum
GET /v1.0/products                   0.37   5.26      0.35  1.44   2.71  10.14
GET /v1.0/products/{productId}       0.37   3.63      0.14  1.44   2.71   8.29
POST /v1.0/products                  0.73   3.63      2.82  2.27   2.71  12.16
PUT /v1.0/products/{productId}       0.73   3.63      1.41  2.27   2.71  10.75
DELETE /v1.0/products/{productId}    0.73   3.54      1.41  2.27   2.71  10.67
Together                             2.93  19.69      6.14  9.70  13.56  52.02

Whether anybody asks or not
  0.21 GB of tables                  0.06
  0.10 GB of point-in-time recovery  0.02
  60 metrics of alarms               6.00
  1 alarm over others                0.50
  1 dashboard                        3.00
  25 metrics of the code             7.50
  1 KMS key of alarms                1.00
  0.50 GB of zips in S3              0.01

Requests to 5 routes         52.02
Whether anybody asks or not  18.09
Together                     70.11
For a million requests       14.02`);
    expect(stdout).toContain("\nassumed: each route has the same share of them\n");
    // Nobody knows how often a token comes again.
    expect(stdout.replace(/\n {2}/g, " ")).toContain(
      "\nassumed: the authorizer runs for each request to a route that asks for scopes, and writes 1,536 bytes; API Gateway uses its answer to a token again for 300 s, so that this is the most\n",
    );
    expect(stdout).toContain("\nAWS's list prices of eu-west-1 on 2026-11-27, in US dollars");
  });

  it.each([80, 40, 20])("fits into %i columns, and says all of it", async (columns) => {
    const args = ["cost", "--service", product, "--requests", "5M"];
    const { stdout } = await lambdakit(args, { columns });
    // A URL is to be followed, and stays whole.
    const long = stdout.split("\n").filter(({ length }) => length > columns);
    expect(long.filter((line) => !line.startsWith("https://"))).toEqual([]);
    const words = (text: string) => text.replace(/[\s:]/g, "");
    const parts = ["DynamoDB", "52.02", "X-Ray", "70.11", "/v1.0/products/{productId}"];
    for (const text of [...parts, "0.21 GB of tables", "Requests to 5 routes"]) {
      expect(words(stdout)).toContain(words(text));
    }
  });

  it("has colour for the sum only, which is there without", async () => {
    const args = ["cost", "--service", product];
    const [plain, painted] = await Promise.all([lambdakit(args), lambdakit(args, { color: true })]);
    expect(painted.stdout).toContain("\u001b[1m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a colour is.
    expect(painted.stdout.replace(/\u001b\[\d+m/g, "")).toBe(plain.stdout);
  });

  it("takes what is said instead of what is assumed, and tells which is which", async () => {
    const answer = await json(
      ...["--requests", "1M", "--mix", "list=70,GET /v1.0/products/{productId}=30"],
      ...["--duration", "100ms,get=20ms", "--reads", "list=8", "--writes", "list=1"],
      ...["--items", "products=0", "--log-size", "0B"],
    );
    const routes = Object.fromEntries(
      answer.routes.map((one: { function: string }) => [one.function, one]),
    );
    expect(routes.list).toMatchObject({
      requests: 700_000,
      // 700,000 * 0.0000002 + 700,000 * 0.1 s * 0.25 GB * 0.0000133334
      lambda: 0.373335,
      // 700,000 * (8 * 0.0000001415 + 0.000000705)
      dynamodb: 1.2859,
    });
    // 300,000 * 0.0000002 + 300,000 * 0.02 s * 0.25 GB * 0.0000133334
    expect(routes.get).toMatchObject({ requests: 300_000, lambda: 0.08 });
    expect(routes.create).toMatchObject({ requests: 0, usd: 0 });
    const stored = answer.fixed.find(({ meter }: { meter: string }) => meter === "table-storage");
    expect(stored.usd).toBe(0);
    const given = answer.basis.filter(({ from }: { from: string }) => from === "given");
    expect(given).toHaveLength(6);
  });

  it("says what the authorizer takes where that is known, and nothing of one where there is none", async () => {
    const lambda = ({ routes }: { routes: { function: string; lambda: number }[] }) =>
      Object.fromEntries(routes.map((one) => [one.function, one.lambda]));
    const few = lambda(await json("--requests", "5M", "--duration", "authorizer=10ms"));
    // 2 * 1,000,000 * 0.0000002 + 1,000,000 * 0.06 s * 0.25 GB * 0.0000133334
    expect(few).toMatchObject({ create: 0.600001, list: 0.366668 });
    const open = await productCopy({
      "service.ts": (text) =>
        text.replaceAll('auth: { scopes: ["products:write"] }', 'auth: "none"'),
    });
    onTestFinished(() => rm(open, { recursive: true, force: true }));
    const { stdout } = await lambdakit(["cost", "--service", open, "--json"]);
    expect(stdout).not.toContain("authorizer");
    const named = ["cost", "--service", open, "--duration", "authorizer=1ms"];
    expect((await lambdakit(named)).exitCode).toBe(64);
  });

  it("has a secret of Secrets Manager and its reads, and says how often it is read", async () => {
    const secret = 'secrets: { tax: { description: "A token", store: "secrets-manager" } },';
    const copy = await productCopy({
      "service.ts": (text) =>
        replaced(
          replaced(text, "  functions: {", `  ${secret}\n\n  functions: {`),
          "    list: {",
          '    list: {\n      secrets: ["tax"],',
        ),
    });
    onTestFinished(() => rm(copy, { recursive: true, force: true }));
    const { stdout } = await lambdakit(["cost", "--service", copy, "--json"]);
    const { fixed, basis } = JSON.parse(stdout);
    expect(fixed).toContainEqual(expect.objectContaining({ meter: "secrets", usd: 0.4 }));
    expect(JSON.stringify(basis)).toContain("reads it again every 300 s");
    expect(JSON.stringify((await json()).basis)).not.toContain("300 s;");
  });

  it("takes off what is free where that is wanted", async () => {
    const [whole, less] = [await json(), await json("--free-tier")];
    expect(less.usd.total).toBeLessThan(whole.usd.total);
    expect(less.fixed).toContainEqual(expect.objectContaining({ meter: "dashboards", usd: 0 }));
  });

  it("ends with 2 over a budget, and with 0 at it", async () => {
    const { total } = (await json()).usd;
    const over = await cost("--budget", "27.09");
    expect([over.exitCode, over.stderr]).toEqual([2, "Over the budget: 30.78 of 27.09 USD.\n"]);
    expect((await cost("--budget", String(Math.ceil(total)))).exitCode).toBe(0);
    expect(await json("--budget", "1")).toMatchObject({ budget: { usd: 1, isOver: true } });
  });

  it("holds another size against this one: with both bounds, or with what was measured", async () => {
    const bounds = await json("--memory", "list=512");
    const lambda = ({ routes }: { routes: { function: string; lambda: number }[] }) =>
      routes.find((one) => one.function === "list")?.lambda;
    expect(bounds.compared.map(({ label }: { label: string }) => label)).toEqual([
      "now",
      "computes",
      "waits",
    ]);
    const [now, computes, waits] = bounds.compared.map(lambda);
    expect(computes).toBe(now);
    expect(waits).toBeGreaterThan(now);
    const { compared } = await json("--memory", "list=512@25ms");
    expect(compared.map(lambda)).toEqual([now, now]);
    const { stdout } = await cost("--memory", "list=512");
    expect(stdout).toContain("now  computes  waits\n");
    expect(stdout).toContain("The truth is between the two;");
  });

  it("holds another folder against this one, in Markdown, too", async () => {
    const before = await productCopy();
    const file = path.join(before, "service.ts");
    await writeFile(
      file,
      (await readFile(file, "utf8")).replace("memoryMb: 256", "memoryMb: 2048"),
    );
    const { stdout } = await cost("--diff-with", before, "--markdown", "--requests", "5M");
    expect(stdout).toContain("### product: what a month costs in dev\n");
    expect(stdout).toContain("|  | before | after | difference |\n| --- | ---: | ---: | ---: |\n");
    expect(stdout).toMatch(/\n\| `GET \/v1\.0\/products` \| 11\.30 \| 10\.14 \| -1\.17 \|\n/);
    expect(stdout).toMatch(/\n\| Whether anybody asks or not \| 18\.09 \| 18\.09 \| 0\.00 \|\n/);
    expect((await cost("--markdown")).stdout).toContain(
      "| Route | Lambda | API | DynamoDB | Logs | X-Ray | Sum |\n",
    );
  });

  it("shows a route that is new, and one that is gone", async () => {
    const before = await productCopy();
    const file = path.join(before, "service.ts");
    const text = await readFile(file, "utf8");
    await writeFile(
      file,
      text.replace('"PUT /v1.0/products/{productId}"', '"PATCH /v1.0/products/{productId}"'),
    );
    const { stdout } = await cost("--diff-with", before);
    expect(stdout).toMatch(/\nPATCH \/v1\.0\/products\/\{productId\} +2\.\d\d +- +-2\.\d\d\n/);
    expect(stdout).toMatch(/\nPUT \/v1\.0\/products\/\{productId\} +- +2\.\d\d +\+2\.\d\d\n/);
  });

  it("has no price of a region that it does not know, and takes another's where it is told", async () => {
    const { exitCode, stderr } = await cost("--env", "prod");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("has no prices of af-south-1; it has eu-west-1 and us-east-1.");
    expect(stderr).toContain("\n  fix: add --price-region eu-west-1 ");
    const { stdout } = await cost("--env", "prod", "--price-region", "eu-west-1");
    expect(stdout).toContain(
      "\ngiven: prices of eu-west-1; it runs in af-south-1, which has others\n",
    );
    expect(stdout.replace(/\n {2}/g, " ")).toContain(
      "\n- backups: 104 whole copies of each table and 35 in eu-west-1, at $0.10 a GB and month in us-east-1; no price was found elsewhere\n- what stands by in eu-west-1, and the replica's writes, storage and transfer\n",
    );
  });

  it.each([
    [["--requests", "5X"], "--requests", "write --requests 800"],
    [["--requests", "-5"], "--requests", "write --requests 800"],
    [["--mix", "lst=100"], "--mix", "write list instead of lst"],
    [["--mix", "list=60,get=30"], "--mix", "write --mix list=70,get=30, so that they come to 100"],
    [["--mix", "100"], "--mix", "write --mix list=70,get=30, so that they come to 100"],
    [
      ["--duration", "GET /v1.0/product=4ms"],
      "--duration",
      "write GET /v1.0/products instead of GET /v1.0/product",
    ],
    [["--items", "product=4"], "--items", "write products instead of product"],
    [["--memory", "list=64"], "--memory", "write --memory list=128"],
    [["--memory", "list"], "--memory", "write --memory 512"],
    [["--measured", "0d"], "--measured", "write --measured 30d"],
    [["--json", "--markdown"], "--markdown", "leave out one of them"],
    [["diff", "3f9c"], "ACTION", "lambdakit cost, or with: diff ID OTHER_ID"],
    [["diff", "a", "b", "--memory", "list=512"], "diff", "leave out all but one of them"],
  ])("refuses %j, with what to write instead", async (args, at, fix) => {
    const { exitCode, stdout } = await lambdakit(["cost", "--service", product, "--json", ...args]);
    expect([exitCode, JSON.parse(stdout).error]).toEqual([
      64,
      expect.objectContaining({ code: "CLI_BAD_VALUE", at, fix }),
    ]);
  });
});

const lacks = findMoto();

describe.skipIf(lacks.length > 0)("lambdakit cost --measured", () => {
  const dev = productPlan("dev");
  let moto: Moto;
  let restore: () => void;

  beforeAll(async () => {
    moto = await startMoto(dev.region, dev.accountId, false);
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
  });
  afterAll(async () => {
    restore?.();
    await moto?.stop();
  });

  it("says where CloudWatch has seen nothing, and goes on with what is assumed", async () => {
    const { exitCode, stdout, stderr } = await cost("--measured");
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      "CloudWatch has seen no invocation in dev in 30 days: everything is assumed.\n",
    );
    expect(stdout).not.toContain("\nmeasured:");
  });

  it("takes requests, durations, units and lines that CloudWatch has", async () => {
    const client = new CloudWatchClient({ region: dev.region });
    const at = new Date(Date.now() - 2 * 3_600_000);
    const put = (Namespace: string, MetricName: string, dimensions: object, Value: number) =>
      client.send(
        new PutMetricDataCommand({
          Namespace,
          MetricData: [
            {
              MetricName,
              Value,
              Timestamp: at,
              Dimensions: Object.entries(dimensions).map(([Name, one]) => ({ Name, Value: one })),
            },
          ],
        }),
      );
    const of = (key: string) => dev.functions.find((one) => one.key === key);
    for (const [key, invocations, durationMs] of [
      ["list", 6_000, 60_000],
      ["get", 4_000, 120_000],
      // Of tokens that it refused: these requests came to no function.
      ["authorizer", 500, 5_000],
    ] as const) {
      const dimensions = { FunctionName: of(key)?.name };
      await put("AWS/Lambda", "Invocations", dimensions, invocations);
      await put("AWS/Lambda", "Duration", dimensions, durationMs);
    }
    const [table] = dev.tables;
    const index = { TableName: table?.name, GlobalSecondaryIndexName: table?.indexes[0]?.name };
    await put("AWS/DynamoDB", "ConsumedReadCapacityUnits", { TableName: table?.name }, 1_000);
    await put("AWS/DynamoDB", "ConsumedReadCapacityUnits", index, 9_000);
    await put("AWS/ApiGateway", "Count", { ApiName: dev.api.name, Stage: dev.api.stage }, 10_000);

    // 10 of 30 days: three times as much.
    const answer = await json("--measured", "10d");
    expect(answer.requests).toBe(30_000);
    const routes = Object.fromEntries(
      answer.routes.map((one: { function: string }) => [one.function, one]),
    );
    // 18,000 * 0.0000002 + 18,000 * 0.01 s * 0.25 GB * 0.0000133334; 12,000 of 30 ms
    expect(routes.list).toMatchObject({ requests: 18_000, lambda: 0.0042 });
    expect(routes.get).toMatchObject({ requests: 12_000, lambda: 0.0036 });
    expect(routes.create).toMatchObject({ requests: 0, usd: 0 });
    // All units that were measured, and no other: 30,000 * 0.0000001415
    expect(routes.list.dynamodb + routes.get.dynamodb).toBeCloseTo(0.004245, 5);
    expect(answer.basis).toContainEqual({
      from: "measured",
      what: "30,000 requests in a month of 30 days, by 10 days of CloudWatch's figures",
    });
    const more = await json("--measured", "10d", "--requests", "60k");
    expect(more.usd.routes).toBeCloseTo(2 * answer.usd.routes, 5);
  });
});
