import { describe, expect, it } from "vitest";
import { writtenBy } from "./written-items.ts";

const a = { PK: { S: "a" } };
const b = { PK: { S: "b" } };

describe("what a call to DynamoDB has written", () => {
  it("is the item, its key, or what only the table knows", () => {
    const arn = "arn:aws:dynamodb:eu-west-1:1:table/shop";
    expect(writtenBy("PutItem", { TableName: arn, Item: a }, {})).toEqual([
      { table: "shop", put: a },
    ]);
    expect(writtenBy("DeleteItem", { TableName: "shop", Key: a }, {})).toEqual([
      { table: "shop", deleted: a },
    ]);
    expect(writtenBy("UpdateItem", { TableName: "shop", Key: a }, {})).toEqual([
      { table: "shop", updated: a },
    ]);
    expect(writtenBy("Query", { TableName: "shop" }, {})).toEqual([]);
  });

  it("is each part of a batch, and unknown of a table whose part was not all done", () => {
    const put = (item: object) => ({ PutRequest: { Item: item } });
    const input = { RequestItems: { one: [put(a), { DeleteRequest: { Key: b } }], two: [put(a)] } };
    const output = { UnprocessedItems: { two: [put(a)] } };
    expect(writtenBy("BatchWriteItem", input, output)).toEqual([
      { table: "one", put: a },
      { table: "one", deleted: b },
      { table: "two", any: true },
    ]);
  });

  it("is each part of a transaction that is no mere condition", () => {
    const input = {
      TransactItems: [
        { Put: { TableName: "one", Item: a } },
        { ConditionCheck: { TableName: "two", Key: a } },
        { Update: { TableName: "one", Key: b } },
        { Delete: { TableName: "two", Key: b } },
      ],
    };
    expect(writtenBy("TransactWriteItems", input, {})).toEqual([
      { table: "one", put: a },
      { table: "one", updated: b },
      { table: "two", deleted: b },
    ]);
  });

  it("is some item of the table that a statement names, and nothing where it only reads", () => {
    const told = (Statement: string) => writtenBy("ExecuteStatement", { Statement }, {});
    expect(told('SELECT * FROM "shop"')).toEqual([]);
    const any = [{ table: "shop-1", any: true }];
    expect(told("insert into \"shop-1\" value {'PK': 'a'}")).toEqual(any);
    expect(told("UPDATE shop-1 SET x = 1 WHERE PK = 'a'")).toEqual(any);
    expect(told(" DELETE FROM \"shop-1\" WHERE PK = 'a'")).toEqual(any);
    expect(told("REPLACE INTO shop")).toBeUndefined();
    const statements = [{ Statement: "SELECT 1" }, { Statement: "UPDATE shop-1 SET x = 1" }];
    expect(writtenBy("ExecuteTransaction", { TransactStatements: statements }, {})).toEqual(any);
    expect(writtenBy("BatchExecuteStatement", { Statements: statements }, {})).toEqual(any);
  });
});
