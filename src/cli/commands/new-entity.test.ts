import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { loadService } from "../../package/index.ts";

/** A service that is made, as somebody finds it the next day. */
async function useOrders(changes: Readonly<Record<string, (text: string) => string>> = {}) {
  const folder = path.join(await temporaryFolder(), "orders");
  expect((await lambdakit(["new", "orders", "--out", folder])).exitCode).toBe(0);
  const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
  for (const [file, change] of Object.entries(changes)) {
    await writeFile(path.join(folder, file), change(read(file)));
  }
  return {
    folder,
    read,
    add: (...args: string[]) => lambdakit(["new", "entity", ...args, "--service", folder]),
    manifest: async () => (await loadService(folder)).manifest,
  };
}

describe("lambdakit new entity", () => {
  it("writes its files, what service.ts says of it, samples, and all that follows from that", async () => {
    const { folder, add, manifest, read } = await useOrders();
    const { exitCode, stdout, stderr } = await add(
      "OrderLine",
      "--id",
      "LINE:8",
      "--field",
      "sku:text",
      "--field",
      "pieces:integer:1..99",
    );
    expect([exitCode, stderr]).toEqual([0, "Next:\n  npm test\n  npm start\n"]);
    const files = stdout.trim().split("\n");
    for (const file of [
      "service.ts",
      "sample-data.json",
      "src/order-lines/handlers/create-order-line.ts",
      "src/models/kinds/integer.ts",
      "tests/order-lines/unit/services.test.ts",
    ]) {
      expect(files.some((one) => one.endsWith(file))).toBe(true);
    }
    expect(files.some((one) => one.endsWith("src/models/kinds/text.ts"))).toBe(false);
    expect(files).toContain("terraform/environments/dev.tfvars.json");
    const { tables, functions } = await manifest();
    expect(tables.orderLines).toMatchObject({
      partitionKey: { name: "PK" },
      indexes: { ActiveOrderLinesIndex: { partitionKey: { name: "active" } } },
    });
    expect(functions.createOrderLine).toMatchObject({
      entry: "src/order-lines/handlers/create-order-line.ts",
      routes: ["POST /v1.0/order-lines"],
      auth: { scopes: ["order-lines:write"] },
      tables: { orderLines: [{ partitionKeys: ["ORDER_LINE#*", "IDEMPOTENCY#*"] }, {}] },
      example: { body: { sku: "Sku", pieces: 1 } },
    });
    expect(Object.keys(functions)).toEqual([
      ...["list", "get", "create", "update", "delete"],
      ...["listOrderLines", "getOrderLine", "createOrderLine", "updateOrderLine"],
      "deleteOrderLine",
    ]);
    expect(Object.keys(JSON.parse(read("sample-data.json")))).toEqual([
      "POST /v1.0/orders",
      "POST /v1.0/order-lines",
    ]);
    const check = await lambdakit(["generate", "--check", "--service", folder]);
    expect([check.exitCode, check.stdout]).toEqual([0, expect.not.stringContaining("stale")]);
  });

  it("asks where somebody is there, as new does, and takes what is usual for an empty answer", async () => {
    const { folder } = await useOrders();
    const { exitCode, questions, stdout } = await lambdakit(
      ["new", "entity", "person", "--dry-run", "--service", folder],
      { answers: { Several: "people" } },
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("src/people/models/person.ts")]);
    expect(questions).toEqual([
      "Several of them:",
      "Ids, as PREFIX:LENGTH:ALPHABET:",
      "Its fields, as NAME[?]:TYPE[:LIMITS], with spaces between:",
    ]);
  });

  it("writes nothing with --dry-run, and names the files as JSON", async () => {
    const { folder, add, read } = await useOrders();
    const before = read("service.ts");
    const { stdout } = await add("customer", "--dry-run", "--json");
    const { dryRun, files } = JSON.parse(stdout);
    expect([dryRun, files.slice(0, 2)]).toEqual([true, ["service.ts", "sample-data.json"]]);
    expect(files).toContain("src/customers/services/update-customer.ts");
    expect(read("service.ts")).toBe(before);
    expect(existsSync(path.join(folder, "src/customers"))).toBe(false);
  });

  it("names every problem at once, and writes nothing", async () => {
    const { folder, add, read } = await useOrders({
      "service.ts": (text) =>
        text.replace("const invalid", "const orderContract = {};\nconst invalid"),
      "package.json": (text) => text.replace(/"zod": .*\n/, "").replace(/,(\s*\})/g, "$1"),
      "sample-data.json": () => "[]",
    });
    await mkdir(path.join(folder, "tests/orders"));
    await writeFile(path.join(folder, "src/models/kinds/integer.ts"), "export const whole = 1;");
    const before = read("service.ts");
    const { exitCode, stderr } = await add("order", "--field", "n:integer", "--field", "at:never");
    expect([exitCode, read("service.ts")]).toEqual([64, before]);
    for (const said of [
      "NEW_INVALID",
      '"at:never"',
      "There is tests/orders already",
      "service.ts has a table orders already",
      "service.ts has a variable orderContract already",
      "functions.listOrders.routes.0",
      "package.json has no zod",
      "npm install zod",
      "src/models/kinds/integer.ts exports no function integer",
      "sample-data.json is no JSON object",
    ]) {
      expect(stderr.replaceAll(/\n\s+/g, " ")).toContain(said);
    }
    expect(existsSync(path.join(folder, "src/orders"))).toBe(false);
  });

  it.each([
    [[], "It is not said what the entity is called"],
    [["Key"], 'NAME "key" is a name that every service'],
    [["package"], 'NAME "package" is a name that every service'],
    [["2nd"], 'NAME "2nd" is not in kebab-case'],
    [["sheep", "--plural", "sheep"], "Write --plural sheep-list"],
    [["validator"], "There is src/validators already"],
    [["customer", "--field", "note?"], "No field is required"],
    [["customer", "--id", "c"], '--id "c" is not of the form'],
    [["list", "--plural", "things"], 'NAME "list" is a name'],
  ])("refuses %j", async (args, said) => {
    const { add, read } = await useOrders();
    const before = read("service.ts");
    const { exitCode, stderr } = await add(...args);
    expect([exitCode, stderr.replaceAll(/\n\s+/g, " ")]).toEqual([
      64,
      expect.stringContaining(said),
    ]);
    expect(read("service.ts")).toBe(before);
  });

  it("refuses one that is there", async () => {
    const { add } = await useOrders();
    expect((await add("customer")).exitCode).toBe(0);
    const { exitCode, stderr } = await add("customer");
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining("a function listCustomers")]);
    expect(stderr).toContain("There is src/customers already");
  });

  it("says what to write by hand where service.ts is not written as an object", async () => {
    const { folder, add, read } = await useOrders({
      "service.ts": (text) =>
        text
          .replace("export default defineService({", "const service = {")
          .replace(/\}\);\s*$/, "} as const;\nexport default defineService(service);\n"),
    });
    const before = read("service.ts");
    const { exitCode, stderr } = await add("customer");
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining("NEW_NOT_EDITABLE")]);
    expect(stderr).toContain(
      'import * as customerContract from "./src/customers/models/contract.ts";',
    );
    expect(stderr).toContain('entry: "src/customers/handlers/list-customers.ts"');
    expect(read("service.ts")).toBe(before);
    expect(existsSync(path.join(folder, "src/customers"))).toBe(false);
  });

  it("begins sample data where there is none", async () => {
    const { folder, add, manifest, read } = await useOrders({
      "service.ts": (text) => text.replace('  sampleData: "sample-data.json",\n', ""),
    });
    await rm(path.join(folder, "sample-data.json"));
    expect((await add("customer")).exitCode).toBe(0);
    expect((await manifest()).sampleData).toBe("sample-data.json");
    expect(Object.keys(JSON.parse(read("sample-data.json")))).toEqual(["POST /v1.0/customers"]);
  });

  it("takes away what it has written where it cannot write all of it", async () => {
    const { folder, add, read } = await useOrders();
    const before = read("service.ts");
    await rm(path.join(folder, "tests"), { recursive: true });
    await writeFile(path.join(folder, "tests"), "ours");
    const { exitCode, stderr } = await add("customer");
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("NEW_NOT_WRITTEN")]);
    expect([read("service.ts"), read("tests")]).toEqual([before, "ours"]);
    expect(existsSync(path.join(folder, "src/customers"))).toBe(false);
  });
});
