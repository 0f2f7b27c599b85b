import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import type { TablePlan } from "../../../plan/index.ts";
import { countItems, createTable, deleteTable, ensureTable, tableApi } from "../index.ts";
import { startDynalite } from "./dynalite.ts";

const table: TablePlan = {
  key: "orders",
  name: "orders",
  arn: "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
  variable: "DYNAMODB_TABLE_ORDERS",
  partitionKey: { name: "PK", type: "S" },
  sortKey: { name: "SK", type: "N" },
  existing: false,
  timeToLiveAttribute: null,
  indexes: [
    {
      name: "ByCustomer",
      arn: "arn",
      partitionKey: { name: "customer", type: "S" },
      sortKey: null,
      from: "tables.orders.indexes.ByCustomer",
    },
  ],
  from: "tables.orders",
};

async function putItem(endpoint: string): Promise<void> {
  const item = { PK: { S: "a" }, SK: { N: "1" } };
  await tableApi(endpoint, "PutItem", { TableName: "orders", Item: item });
}

describe("dynalite", () => {
  it("creates tables, accepts them again, counts their items and deletes them", async () => {
    const { endpoint, stop } = await startDynalite({ dataDirectory: undefined });
    expect(await ensureTable(endpoint, table)).toBe("created");
    expect(await ensureTable(endpoint, table)).toBe("unchanged");
    await putItem(endpoint);
    expect(await countItems(endpoint, "orders")).toBe(1);
    await deleteTable(endpoint, "orders");
    expect(await ensureTable(endpoint, table)).toBe("created");
    expect(await countItems(endpoint, "orders")).toBe(0);
    await stop();
  });

  it("says what it lacks, and lacks it", async () => {
    const { name, endpoint, lacks, stop } = await startDynalite({ dataDirectory: undefined });
    expect(name).toBe("dynalite");
    expect(lacks).toEqual(
      expect.arrayContaining([
        "setting a time to live",
        "streams and PartiQL",
        "deleting items by their time to live",
        "point-in-time recovery and backups",
      ]),
    );
    await createTable(endpoint, table);
    const calls: [string, unknown][] = [
      ["ExecuteStatement", { Statement: "SELECT * FROM orders" }],
      [
        "UpdateTimeToLive",
        {
          TableName: "orders",
          TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
        },
      ],
      ["CreateBackup", { TableName: "orders", BackupName: "backup" }],
      ["DescribeContinuousBackups", { TableName: "orders" }],
    ];
    for (const [operation, input] of calls) {
      await expect(tableApi(endpoint, operation, input)).rejects.toMatchObject({
        name: "UnknownOperationException",
      });
    }
    await stop();
  });

  it("keeps nothing where it is started in memory", async () => {
    const first = await startDynalite({ dataDirectory: undefined });
    await createTable(first.endpoint, table);
    await first.stop();
    const second = await startDynalite({ dataDirectory: undefined });
    expect(await tableApi(second.endpoint, "ListTables", {})).toEqual({ TableNames: [] });
    await second.stop();
  });

  it("finds what it has kept where it is started in the same folder", async () => {
    const dataDirectory = await temporaryFolder();
    const first = await startDynalite({ dataDirectory });
    await createTable(first.endpoint, table);
    await putItem(first.endpoint);
    await first.stop();
    const second = await startDynalite({ dataDirectory });
    expect(await ensureTable(second.endpoint, table)).toBe("unchanged");
    expect(await countItems(second.endpoint, "orders")).toBe(1);
    await second.stop();
  });

  it("answers nobody once it is stopped", async () => {
    const { endpoint, stop } = await startDynalite({ dataDirectory: undefined });
    await stop();
    await expect(tableApi(endpoint, "ListTables", {})).rejects.toMatchObject({
      code: expect.stringMatching(/^ECONN(REFUSED|RESET)$/),
    });
  });
});
