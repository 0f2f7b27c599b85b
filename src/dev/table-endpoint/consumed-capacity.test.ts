import { describe, expect, it } from "vitest";
import { success } from "./answers.ts";
import { consumedCapacity } from "./consumed-capacity.ts";

const TableName = "orders";
const itemOf = (bytes: number) => ({ PK: { S: "x".repeat(bytes - 2) } });
const used = (operation: string, input: object, answer: object = {}) =>
  consumedCapacity(operation, { TableName, ...input }, success(answer)).map(
    ({ table, read, write }) => [table, read, write],
  );

describe("a read", () => {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html (2026-11-27)
  it.each([
    ["of 4 KB that may be old", 4096, false, 0.5],
    ["of 4 KB that may not", 4096, true, 1],
    ["of a byte more", 4097, true, 2],
    ["of 9 KB that may be old", 9 * 1024, false, 1.5],
  ])("%s", (_, bytes, ConsistentRead, units) => {
    expect(used("GetItem", { ConsistentRead }, { Item: itemOf(bytes) })).toEqual([
      ["orders", units, 0],
    ]);
  });

  it("that finds nothing costs as the smallest", () => {
    expect(used("GetItem", {})).toEqual([["orders", 0.5, 0]]);
  });

  it("of many items by a query is one of all their bytes, and by a batch one each", () => {
    const items = Array.from({ length: 8 }, () => itemOf(512));
    expect(used("Query", {}, { Items: items })).toEqual([["orders", 0.5, 0]]);
    const input = { RequestItems: { orders: { Keys: [] } } };
    expect(used("BatchGetItem", input, { Responses: { orders: items } })).toEqual([
      ["orders", 4, 0],
    ]);
  });

  it("within a transaction costs twice", () => {
    const input = { TransactItems: [{ Get: { TableName, Key: {} } }] };
    expect(used("TransactGetItems", input, { Responses: [{ Item: itemOf(10) }] })).toEqual([
      ["orders", 2, 0],
    ]);
  });
});

describe("a write", () => {
  it.each([
    ["of 1 KB", 1024, 1],
    ["of a byte more", 1025, 2],
  ])("%s", (_, bytes, units) => {
    expect(used("PutItem", { Item: itemOf(bytes) })).toEqual([["orders", 0, units]]);
  });

  it("of an update is that of the item, where the answer has it", () => {
    const input = { Key: itemOf(10) };
    expect(used("UpdateItem", input, { Attributes: itemOf(3000) })).toEqual([["orders", 0, 3]]);
    expect(used("DeleteItem", input)).toEqual([["orders", 0, 1]]);
  });

  it("of a batch is one for each, and within a transaction twice", () => {
    const requests = [
      { PutRequest: { Item: itemOf(2000) } },
      { DeleteRequest: { Key: itemOf(9) } },
    ];
    expect(used("BatchWriteItem", { RequestItems: { orders: requests } })).toEqual([
      ["orders", 0, 3],
    ]);
    const parts = [
      { Put: { TableName, Item: itemOf(9) } },
      { ConditionCheck: { TableName: "stock", Key: itemOf(9) } },
    ];
    expect(used("TransactWriteItems", { TransactItems: parts })).toEqual([
      ["orders", 0, 2],
      ["stock", 0, 2],
    ]);
  });
});

it("an item's bytes are those of its names and values, of every type", () => {
  const item = {
    text: { S: "é" },
    number: { N: "-12345.678" },
    bytes: { B: "AAECAwQ=" },
    none: { NULL: true },
    flag: { BOOL: false },
    set: { SS: ["ab", "c"] },
    list: { L: [{ S: "a" }, { N: "1" }] },
    map: { M: { k: { S: "v" } } },
  };
  // Names 33; values 2 + 5 + 5 + 1 + 1 + 3 + (3 + 2 + 3) + (3 + 1 + 2): 64.
  const fill = (bytes: number) => ({ ...item, x: { S: "y".repeat(bytes - 64 - 1) } });
  expect(used("PutItem", { Item: fill(1024) })).toEqual([["orders", 0, 1]]);
  expect(used("PutItem", { Item: fill(1025) })).toEqual([["orders", 0, 2]]);
});

it("nothing is used by what was refused, by what is about no items, and by an answer that cannot be read", () => {
  const refused = {
    status: 400,
    headers: {},
    body: Buffer.from("{}"),
    errorType: "ValidationException",
  };
  expect(consumedCapacity("GetItem", { TableName }, refused)).toEqual([]);
  expect(used("DescribeTable", {})).toEqual([]);
  const broken = { status: 200, headers: {}, body: Buffer.from("<html>") };
  expect(consumedCapacity("GetItem", { TableName }, broken)).toMatchObject([{ read: 0.5 }]);
});
