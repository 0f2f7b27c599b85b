import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { countItems, tableApi } from "../dev/engine/index.ts";
import { defineService } from "../manifest/index.ts";
import { createTables, type TestTables } from "./index.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The engine of this test run. */
const endpoint = process.env.DYNAMODB_ENDPOINT ?? "";

const environment = {
  accountId: "123456789012",
  region: "eu-west-1",
  logLevel: "INFO",
  logRetentionDays: 7,
} as const;

const service = defineService({
  name: "orders",
  prefix: "acme",
  description: "Orders",
  api: { cors: { allowOrigins: ["https://shop.example"] } },
  tables: {
    orders: {
      name: "orders-{environment}",
      variable: "ORDERS_TABLE",
      partitionKey: "PK",
      sortKey: "SK",
      indexes: { ByCustomer: { partitionKey: "customer" } },
    },
    customers: { partitionKey: "id" },
  },
  functions: {
    list: {
      description: "List",
      entry: "list.ts",
      tables: { orders: [{ allow: ["Query"] }] },
    },
  },
  environments: {
    dev: { ...environment, approval: "none" },
    sit: { ...environment, approval: "confirm" },
    prod: { ...environment, approval: "confirm-and-reason" },
  },
});

/** Tables that are gone after the test. */
async function tables(): Promise<TestTables> {
  const made = await createTables(service);
  onTestFinished(() => made.remove());
  return made;
}

function put(name: string | undefined): Promise<unknown> {
  return tableApi(endpoint, "PutItem", { TableName: name, Item: { id: { S: "C-1" } } });
}

describe("the tables of a test", () => {
  it("are those of the manifest, empty, and under names of their own", async () => {
    const { names } = await tables();
    expect(names).toEqual({
      orders: expect.stringMatching(/^orders-dev-[\da-f]{8}$/),
      customers: expect.stringMatching(/^acme-orders-customers-dev-[\da-f]{8}$/),
    });
    expect(await countItems(endpoint, names.orders ?? "")).toBe(0);
    const { Table } = await tableApi<{ Table: object }>(endpoint, "DescribeTable", {
      TableName: names.orders,
    });
    expect(Table).toMatchObject({
      KeySchema: [
        { AttributeName: "PK", KeyType: "HASH" },
        { AttributeName: "SK", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [{ IndexName: "ByCustomer" }],
    });
  });

  it("are found by what their variables say", async () => {
    const { names, variables } = await tables();
    expect(variables).toMatchObject({
      ORDERS_TABLE: names.orders,
      DYNAMODB_TABLE_CUSTOMERS: names.customers,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
    });
  });

  it("come with the rest of the functions' environment, and a quiet log", async () => {
    expect((await tables()).variables).toMatchObject({
      ENVIRONMENT: "local",
      LOG_LEVEL: "ERROR",
      POWERTOOLS_SERVICE_NAME: "orders",
      CORS_ALLOW_ORIGINS: "https://shop.example",
    });
  });

  it("are independent of those of another test", async () => {
    const [one, other] = await Promise.all([tables(), tables()]);
    await put(one.names.customers);
    expect(await countItems(endpoint, one.names.customers ?? "")).toBe(1);
    expect(await countItems(endpoint, other.names.customers ?? "")).toBe(0);
    await one.remove();
    await put(other.names.customers);
    expect(await countItems(endpoint, other.names.customers ?? "")).toBe(1);
  });

  it("are gone once they are removed, which may happen twice", async () => {
    const { names, remove } = await tables();
    await remove();
    await remove();
    for (const name of Object.values(names)) {
      await expect(countItems(endpoint, name)).rejects.toMatchObject({
        name: "ResourceNotFoundException",
      });
    }
  });

  it("are an error that says what to do where no engine was started", async () => {
    vi.stubEnv("DYNAMODB_ENDPOINT", undefined);
    await expect(createTables(service)).rejects.toMatchObject({
      code: "ENGINE_UNREACHABLE",
      message: "DYNAMODB_ENDPOINT is not set: no table engine was started for this test run.",
      fix: "call startTestEngine() in the test runner's global set-up",
    });
  });

  it("are an error where the manifest is not valid", async () => {
    await expect(createTables({ ...service, name: "Not Kebab" })).rejects.toMatchObject({
      code: "MANIFEST_INVALID",
      message: expect.stringContaining("name: "),
    });
  });
});
