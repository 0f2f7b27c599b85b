import { describe, expect, it } from "vitest";
import { PageTokenKey } from "../../src/repositories/page-token-key.ts";
import { tableClient, tableName } from "../../src/repositories/table-client.ts";
import { useProductTables } from "../product-tables.ts";

describe("the key that page tokens are signed with", () => {
  useProductTables();

  it("is made once, and is the same for everybody who asks at the same moment", async () => {
    const keys = await Promise.all(
      Array.from({ length: 10 }, () => new PageTokenKey(tableClient, tableName).get()),
    );
    const texts = new Set(keys.map((key) => Buffer.from(key).toString("hex")));
    expect(texts.size).toBe(1);
    expect([...texts][0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is read from the table once, and remembered", async () => {
    const first = new PageTokenKey(tableClient, tableName);
    const key = await first.get();
    expect(await first.get()).toBe(key);
    expect(await new PageTokenKey(tableClient, tableName).get()).toEqual(key);
  });

  it("is asked for again after a failure", async () => {
    const table = process.env.DYNAMODB_TABLE;
    const key = new PageTokenKey(tableClient, tableName);
    process.env.DYNAMODB_TABLE = "no-such-table";
    await expect(key.get()).rejects.toThrow();
    process.env.DYNAMODB_TABLE = table;
    await expect(key.get()).resolves.toHaveLength(32);
  });
});
