import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { KeyPlan, TablePlan } from "../../plan/index.ts";
import { countItems, createTable, deleteTable, ensureTable, tableApi } from "./index.ts";

/** The engine of this test run. */
const endpoint = process.env.DYNAMODB_ENDPOINT ?? "";

const made: string[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((name) => deleteTable(endpoint, name)));
});

const text = (name: string): KeyPlan => ({ name, type: "S" });

/** A table of a name of its own, which is deleted after the test. */
function tablePlan(change: Partial<TablePlan> = {}): TablePlan {
  const name = `orders-${randomUUID()}`;
  made.push(name);
  return {
    key: "orders",
    name,
    arn: `arn:aws:dynamodb:eu-west-1:123456789012:table/${name}`,
    variable: "DYNAMODB_TABLE_ORDERS",
    partitionKey: text("PK"),
    sortKey: text("SK"),
    existing: false,
    timeToLiveAttribute: null,
    indexes: [],
    from: "tables.orders",
    ...change,
  };
}

function index(name: string, partitionKey: KeyPlan, sortKey: KeyPlan | null = null) {
  return { name, arn: `arn/${name}`, partitionKey, sortKey, from: `tables.orders.indexes.${name}` };
}

async function describeTable(name: string) {
  const { Table } = await tableApi<{ Table: Record<string, unknown> }>(endpoint, "DescribeTable", {
    TableName: name,
  });
  return Table;
}

function put(name: string, item: Record<string, unknown>) {
  return tableApi(endpoint, "PutItem", { TableName: name, Item: item });
}

describe("a table that is created", () => {
  it("has the keys and indexes of the plan, and is paid for on demand", async () => {
    const table = tablePlan({
      sortKey: { name: "at", type: "N" },
      indexes: [
        index("ByCustomer", text("customer"), { name: "at", type: "N" }),
        index("ByHash", { name: "hash", type: "B" }),
      ],
    });
    await createTable(endpoint, table);
    const described = await describeTable(table.name);
    expect(described).toMatchObject({
      TableName: table.name,
      TableStatus: "ACTIVE",
      KeySchema: [
        { AttributeName: "PK", KeyType: "HASH" },
        { AttributeName: "at", KeyType: "RANGE" },
      ],
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    });
    const definitions = [
      { AttributeName: "PK", AttributeType: "S" },
      { AttributeName: "at", AttributeType: "N" },
      { AttributeName: "customer", AttributeType: "S" },
      { AttributeName: "hash", AttributeType: "B" },
    ];
    expect(described.AttributeDefinitions).toHaveLength(definitions.length);
    expect(described.AttributeDefinitions).toEqual(expect.arrayContaining(definitions));
    expect(described.GlobalSecondaryIndexes).toHaveLength(2);
    expect(described.GlobalSecondaryIndexes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          IndexName: "ByCustomer",
          KeySchema: [
            { AttributeName: "customer", KeyType: "HASH" },
            { AttributeName: "at", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        }),
        expect.objectContaining({
          IndexName: "ByHash",
          KeySchema: [{ AttributeName: "hash", KeyType: "HASH" }],
        }),
      ]),
    );
  });

  it("may have a partition key alone", async () => {
    const table = tablePlan({ sortKey: null });
    await createTable(endpoint, table);
    await put(table.name, { PK: { S: "a" } });
    expect(await countItems(endpoint, table.name)).toBe(1);
  });

  it("is refused under a name that is taken", async () => {
    const table = tablePlan();
    await createTable(endpoint, table);
    await expect(createTable(endpoint, table)).rejects.toMatchObject({
      name: "ResourceInUseException",
    });
  });
});

describe("a table that has to be there", () => {
  it("is created where there is none, and stays as it is where it is the same", async () => {
    const table = tablePlan({
      indexes: [index("ByA", text("a")), index("ByB", text("b"), text("a"))],
    });
    expect(await ensureTable(endpoint, table)).toBe("created");
    await put(table.name, { PK: { S: "a" }, SK: { S: "b" } });
    expect(await ensureTable(endpoint, table)).toBe("unchanged");
    expect(await countItems(endpoint, table.name)).toBe(1);
  });

  it("is the same in whatever order its indexes are", async () => {
    const indexes = [index("ByA", text("a")), index("ByB", text("b"))];
    const table = tablePlan({ indexes });
    await ensureTable(endpoint, table);
    expect(await ensureTable(endpoint, { ...table, indexes: indexes.toReversed() })).toBe(
      "unchanged",
    );
  });

  it.each<[string, Partial<TablePlan>]>([
    ["another partition key", { partitionKey: text("id") }],
    ["a key of another type", { partitionKey: { name: "PK", type: "N" } }],
    ["another sort key", { sortKey: text("at") }],
    ["no sort key", { sortKey: null }],
    ["no index", { indexes: [] }],
    ["one index more", { indexes: [index("ByA", text("a")), index("ByB", text("b"))] }],
    ["an index of another name", { indexes: [index("ByOther", text("a"))] }],
    ["an index with another key", { indexes: [index("ByA", text("b"))] }],
    ["an index with a sort key", { indexes: [index("ByA", text("a"), text("b"))] }],
    [
      "an index on an attribute of another type",
      { indexes: [index("ByA", { name: "a", type: "N" })] },
    ],
  ])("is refused where the manifest has %s, and keeps its data", async (_, change) => {
    const table = tablePlan({ indexes: [index("ByA", text("a"))] });
    await ensureTable(endpoint, table);
    await put(table.name, { PK: { S: "a" }, SK: { S: "b" } });
    await expect(ensureTable(endpoint, { ...table, ...change })).rejects.toMatchObject({
      code: "TABLE_DIFFERS",
      message: `The local table ${table.name} has other keys or indexes than tables.orders in service.ts.`,
      fix: expect.stringContaining("--reset"),
      at: "tables.orders",
    });
    expect(await countItems(endpoint, table.name)).toBe(1);
  });

  it("fails as the engine fails, where that is not about a missing table", async () => {
    await expect(ensureTable(endpoint, { ...tablePlan(), name: "!" })).rejects.toMatchObject({
      name: "ValidationException",
    });
  });
});

describe("a table that is deleted", () => {
  it("is gone with all that is in it", async () => {
    const table = tablePlan();
    await createTable(endpoint, table);
    await put(table.name, { PK: { S: "a" }, SK: { S: "b" } });
    await deleteTable(endpoint, table.name);
    await createTable(endpoint, table);
    expect(await countItems(endpoint, table.name)).toBe(0);
  });

  it("may be deleted twice", async () => {
    const table = tablePlan();
    await createTable(endpoint, table);
    await deleteTable(endpoint, table.name);
    await deleteTable(endpoint, table.name);
  });

  it("fails as the engine fails, where that is not about a missing table", async () => {
    await expect(deleteTable(endpoint, "!")).rejects.toMatchObject({
      name: "ValidationException",
    });
  });
});

describe("the number of items", () => {
  it("is 0 in an empty table, and counts each item", async () => {
    const table = tablePlan();
    await createTable(endpoint, table);
    expect(await countItems(endpoint, table.name)).toBe(0);
    for (const key of ["a", "b", "c"]) await put(table.name, { PK: { S: key }, SK: { S: key } });
    expect(await countItems(endpoint, table.name)).toBe(3);
  });

  it("fails where there is no such table", async () => {
    await expect(countItems(endpoint, `missing-${randomUUID()}`)).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});
