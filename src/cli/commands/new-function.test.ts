import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { loadService } from "../../package/index.ts";

/** A service that is made, as somebody finds it the next day. */
async function useOrders() {
  const folder = path.join(await temporaryFolder(), "orders");
  expect((await lambdakit(["new", "orders", "--out", folder])).exitCode).toBe(0);
  const manifest = path.join(folder, "service.ts");
  return {
    folder,
    manifest,
    read: (file: string) => readFileSync(path.join(folder, file), "utf8"),
    add: (...args: string[]) => lambdakit(["new", ...args, "--service", folder]),
    functions: async () => (await loadService(folder)).manifest.functions,
  };
}

it.each([
  ["function", "getReceipt", "GET /v1.0/orders/{orderId}/receipt"],
  ["route", "GET /v1.0/orders/newest", "list"],
])("lambdakit new %s says as JSON what it would write", async (kind, first, second) => {
  const { add } = await useOrders();
  const words = kind === "route" ? [first, "--function", second] : [first, "--route", second];
  const { exitCode, stdout } = await add(kind, ...words, "--auth", "none", "--dry-run", "--json");
  expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { dryRun: true, derived: [] }]);
});

describe("lambdakit new function", () => {
  it("writes a handler, a test and what service.ts says of it, and all that follows from that", async () => {
    const { folder, read, add, functions } = await useOrders();
    const before = read("service.ts");
    const route = "GET /v1.0/orders/{orderId}/receipt";
    const { exitCode, stdout } = await add(
      "function",
      "getReceipt",
      "--route",
      route,
      "--auth",
      "none",
    );
    expect(exitCode).toBe(0);
    const files = stdout.trim().split("\n");
    for (const file of [
      "service.ts",
      "src/handlers/get-receipt.ts",
      "tests/integration/get-receipt.test.ts",
    ]) {
      expect(files.some((one) => one.endsWith(file))).toBe(true);
    }
    expect(files).toContain("terraform/environments/dev.tfvars.json");
    expect(await functions()).toMatchObject({
      getReceipt: {
        description: "Get receipt",
        entry: "src/handlers/get-receipt.ts",
        routes: [route],
        auth: "none",
        example: { pathParameters: { orderId: "1" } },
      },
    });
    // Nothing else of service.ts is another: it has lines more, and none less.
    const lines = new Set(read("service.ts").split("\n"));
    expect(before.split("\n").filter((line) => !lines.has(line))).toEqual([]);
    const check = await lambdakit(["generate", "--check", "--service", folder]);
    expect([check.exitCode, check.stdout]).toEqual([0, expect.not.stringContaining("stale")]);
  });

  it("makes one that is invoked directly, without a route", async () => {
    const { add, functions, read } = await useOrders();
    const { exitCode, stderr } = await add("function", "send-receipt", "--description", "Sends it");
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining("lambdakit invoke sendReceipt"),
    ]);
    expect((await functions()).sendReceipt).toMatchObject({ description: "Sends it" });
    expect(read("src/handlers/send-receipt.ts")).toContain("return { received: event };");
  });

  it("writes nothing with --dry-run, and nothing where something is wrong, of which it tells all", async () => {
    const { folder, read, add } = await useOrders();
    const before = read("service.ts");
    expect((await add("function", "receipt", "--dry-run")).exitCode).toBe(0);
    await mkdir(path.join(folder, "tests/integration"), { recursive: true });
    await writeFile(path.join(folder, "tests/integration/receipt.test.ts"), "// mine");
    const taken = "GET /v1.0/orders/{orderId}";
    const { exitCode, stderr } = await add(
      "function",
      "receipt",
      "--route",
      taken,
      "--auth",
      "nobody here",
    );
    expect(exitCode).toBe(64);
    expect(stderr).toContain("NEW_INVALID");
    expect(stderr).toContain("There is tests/integration/receipt.test.ts already");
    expect(stderr).toContain("functions.receipt.routes.0");
    expect([read("service.ts"), read("tests/integration/receipt.test.ts")]).toEqual([
      before,
      "// mine",
    ]);
    expect(existsSync(path.join(folder, "src/handlers/receipt.ts"))).toBe(false);
  });

  it.each([
    [["function"], "It is not said what the function is called"],
    [["function", "1st"], 'A function is not called "1st"'],
    [
      ["function", "receipt", "--route", "GET /v1.0/receipts"],
      "It is not said who may call GET /v1.0/receipts",
    ],
    [["function", "list"], "There is a function list already"],
    [["route"], "It is not said which route"],
    [
      ["route", "GET /v1.0/latest"],
      "It is not said which function answers it: there is list, get, create",
    ],
    [["route", "GET /v1.0/latest", "--function", "lits"], "--function list"],
    [["route", "GET latest", "--function", "list"], "functions.list.routes.1"],
  ])("refuses %j", async (args, said) => {
    const { add, read } = await useOrders();
    const before = read("service.ts");
    const { exitCode, stderr } = await add(...args);
    expect([exitCode, stderr.replaceAll("\n  ", " ")]).toEqual([64, expect.stringContaining(said)]);
    expect(read("service.ts")).toBe(before);
  });

  it("says what to write by hand where service.ts is not written as an object", async () => {
    const { manifest, add, read } = await useOrders();
    const text = await readFile(manifest, "utf8");
    const apart = text
      .replace("export default defineService({", "const service = {")
      .replace(/\}\);\s*$/, "} as const;\nexport default defineService(service);\n");
    await writeFile(manifest, apart);
    const { exitCode, stderr } = await add("function", "receipt");
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining("NEW_NOT_EDITABLE")]);
    expect(stderr).toContain('entry: "src/handlers/receipt.ts"');
    expect(read("service.ts")).toBe(apart);
  });
});

describe("lambdakit new route", () => {
  it("leads a route more to a function, with a value for what is new in its path", async () => {
    const { add, functions, read } = await useOrders();
    const route = "GET /v1.0/customers/{customerId}/orders";
    expect((await add("route", route, "--function", "list")).exitCode).toBe(0);
    expect((await functions()).list).toMatchObject({
      routes: ["GET /v1.0/orders", route],
      auth: "none",
      example: { pathParameters: { customerId: "1" } },
    });
    expect(read("tests/integration/get-v1-0-customers-customer-id-orders.test.ts")).toContain(
      "is answered by list",
    );
  });

  it("has callers of its own where they are not those of the others", async () => {
    const { add, functions } = await useOrders();
    const [latest, oldest] = ["GET /v1.0/orders/latest", "GET /v1.0/orders/oldest"];
    await add("route", latest, "--function", "list", "--auth", "orders:read,orders:write");
    await add("route", oldest, "--function", "list", "--auth", "iam");
    expect((await functions()).list?.auth).toEqual({
      "GET /v1.0/orders": "none",
      [latest]: { scopes: ["orders:read", "orders:write"] },
      [oldest]: "iam",
    });
  });

  it("is the first one of a function that had none", async () => {
    const { add, functions } = await useOrders();
    await add("function", "receipt");
    const route = "GET /v1.0/receipts/{receiptId}";
    expect((await add("route", route, "--function", "receipt", "--auth", "none")).exitCode).toBe(0);
    expect((await functions()).receipt).toMatchObject({ routes: [route], auth: "none" });
  });
});
