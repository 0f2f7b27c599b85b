import { describe, expect, it } from "vitest";
import { arn, ordersArn as orders, shopPlan } from "../../../../test/shop.ts";
import { accessRequests } from "./access-requests.ts";
import { PlanTables } from "./plan-tables.ts";

const tables = new PlanTables(shopPlan());
const stock = arn("table/shop-stock-dev");
const index = `${orders}/index/ByCustomer`;

/** What a call asks of a policy: the action, the resource and the leading keys. */
function asked(operation: string, input: object) {
  return accessRequests(operation, { ...input }, tables).map(({ action, resource, context }) => [
    action.replace("dynamodb:", ""),
    resource,
    context["dynamodb:LeadingKeys"],
  ]);
}

/** The condition keys of a call's only access request. */
function context(operation: string, input: object) {
  return accessRequests(operation, { TableName: "shop-orders-dev", ...input }, tables)[0]?.context;
}

const TableName = "shop-orders-dev";
const key = (id: string) => ({ PK: { S: id }, SK: { S: "x" } });
const values = (value: object) => ({ ExpressionAttributeValues: { ":v": value } });

describe("the access requests of an operation on one table", () => {
  it.each<[string, object, string[] | undefined]>([
    ["GetItem", { Key: key("a") }, ["a"]],
    ["PutItem", { Item: { ...key("a"), name: { S: "b" } } }, ["a"]],
    ["UpdateItem", { Key: key("a"), UpdateExpression: "SET b = :b" }, ["a"]],
    ["DeleteItem", { Key: key("a") }, ["a"]],
    ["Scan", {}, undefined],
    ["GetItem", { Key: { SK: { S: "a" } } }, undefined],
    ["GetItem", { Key: { PK: { M: {} } } }, undefined],
    ["GetItem", {}, undefined],
    ["PutItem", { Item: "no object" }, undefined],
  ])("%s of %o has the leading keys %o", (operation, input, keys) => {
    expect(asked(operation, { TableName, ...input })).toEqual([[operation, orders, keys]]);
  });

  it("is about the index where it names one, whose partition key is the leading one", () => {
    const query = { TableName, IndexName: "ByCustomer", KeyConditionExpression: "customer = :v" };
    expect(asked("Query", { ...query, ...values({ S: "anna" }) })).toEqual([
      ["Query", index, ["anna"]],
    ]);
    expect(asked("Scan", { TableName, IndexName: "ByCustomer" })).toEqual([
      ["Scan", index, undefined],
    ]);
    expect(asked("Query", { ...query, IndexName: "Other" })).toEqual([
      ["Query", `${orders}/index/Other`, undefined],
    ]);
  });

  it("states numbers as they are written, and binary in base64", () => {
    const read = { TableName: "shop-stock-dev", Key: { number: { N: "42.0" } } };
    expect(asked("GetItem", read)).toEqual([["GetItem", stock, ["42.0"]]]);
    expect(asked("GetItem", { TableName, Key: { PK: { B: "YWI=" } } })).toEqual([
      ["GetItem", orders, ["YWI="]],
    ]);
  });

  it("is about the ARN that a table of no plan would have, or that is named", () => {
    const Key = key("a");
    expect(asked("GetItem", { TableName: "other", Key })).toEqual([
      ["GetItem", arn("table/other"), undefined],
    ]);
    expect(asked("GetItem", { TableName: orders, Key })).toEqual([["GetItem", orders, ["a"]]]);
    const foreign = "arn:aws:dynamodb:us-east-1:999999999999:table/shop-orders-dev";
    expect(asked("GetItem", { TableName: foreign, Key })).toEqual([
      ["GetItem", foreign, undefined],
    ]);
  });

  it("is nothing without a table: DynamoDB refuses that itself", () => {
    expect(asked("GetItem", { Key: key("a") })).toEqual([]);
    expect(asked("TransactWriteItems", { TransactItems: "none" })).toEqual([]);
    expect(asked("BatchGetItem", {})).toEqual([]);
  });
});

describe("the leading key of a query", () => {
  it.each<[string, object]>([
    ["PK = :v", {}],
    ["PK=:v", {}],
    ["  PK\n=\t:v  ", {}],
    ["(PK = :v)", {}],
    ["((PK = :v) AND (begins_with(SK, :s)))", {}],
    ["PK = :v AND SK BETWEEN :a AND :b", {}],
    ["SK > :s and PK = :v", {}],
    ["SK = :s AND PK = :v", {}],
    ["#p = :v", { ExpressionAttributeNames: { "#p": "PK" } }],
    ["#SK = :s AND #p=:v", { ExpressionAttributeNames: { "#p": "PK", "#SK": "SK" } }],
  ])("is found in %o", (KeyConditionExpression, more) => {
    const ExpressionAttributeValues = { ":v": { S: "a" }, ":s": { S: "wrong" } };
    const query = { TableName, KeyConditionExpression, ExpressionAttributeValues, ...more };
    expect(asked("Query", query)).toEqual([["Query", orders, ["a"]]]);
  });

  it.each<[string, object]>([
    ["SK = :v", {}],
    ["PK > :v", {}],
    ["PK <= :v", {}],
    ["PKX = :v", {}],
    ["PK = :missing", {}],
    ["#p = :v", {}],
    ["#p = :v", { ExpressionAttributeNames: { "#p": 1 } }],
    ["PK =", {}],
    ["= :v", {}],
    ["", {}],
  ])("is not found in %o", (KeyConditionExpression, more) => {
    const query = { TableName, KeyConditionExpression, ...values({ S: "a" }), ...more };
    expect(asked("Query", query)).toEqual([["Query", orders, undefined]]);
  });

  it("is found in the older KeyConditions, where it is an equality", () => {
    const query = (ComparisonOperator: string, AttributeValueList: unknown) =>
      asked("Query", {
        TableName,
        KeyConditions: { PK: { ComparisonOperator, AttributeValueList } },
      })[0]?.[2];
    expect(query("EQ", [{ S: "a" }])).toEqual(["a"]);
    expect(query("GE", [{ S: "a" }])).toBeUndefined();
    expect(query("EQ", "a")).toBeUndefined();
  });
});

describe("the access requests of batches and transactions", () => {
  it("of a batch are one for each table, with every key in it once", () => {
    const RequestItems = {
      "shop-orders-dev": { Keys: [key("a"), key("b"), key("a")] },
      "shop-stock-dev": { Keys: [{ number: { N: "1" } }] },
      other: { Keys: [key("a")] },
    };
    expect(asked("BatchGetItem", { RequestItems })).toEqual([
      ["BatchGetItem", orders, ["a", "b"]],
      ["BatchGetItem", stock, ["1"]],
      ["BatchGetItem", arn("table/other"), undefined],
    ]);
  });

  it("of a batch of writes have the keys of what is put and what is deleted", () => {
    const writes = [{ PutRequest: { Item: key("a") } }, { DeleteRequest: { Key: key("b") } }, {}];
    expect(asked("BatchWriteItem", { RequestItems: { [TableName]: writes } })).toEqual([
      ["BatchWriteItem", orders, ["a", "b"]],
    ]);
  });

  it("of a transaction are those of its parts, and say what encloses them", () => {
    const TransactItems = [
      { Put: { TableName, Item: key("a") } },
      { Update: { TableName, Key: key("b") } },
      { Delete: { TableName, Key: key("c") } },
      { ConditionCheck: { TableName: "shop-stock-dev", Key: { number: { N: "1" } } } },
      { Unknown: {} },
    ];
    expect(asked("TransactWriteItems", { TransactItems })).toEqual([
      ["PutItem", orders, ["a"]],
      ["UpdateItem", orders, ["b"]],
      ["DeleteItem", orders, ["c"]],
      ["ConditionCheckItem", stock, ["1"]],
    ]);
    const read = { TransactItems: [{ Get: { TableName, Key: key("a") } }] };
    expect(accessRequests("TransactGetItems", read, tables)).toEqual([
      {
        action: "dynamodb:GetItem",
        resource: orders,
        context: {
          "dynamodb:LeadingKeys": ["a"],
          "dynamodb:Attributes": ["PK", "SK"],
          "dynamodb:EnclosingOperation": "TransactGetItems",
        },
      },
    ]);
  });
});

describe("the condition keys of a call", () => {
  it("have the top-level attributes that keys, items and expressions name", () => {
    expect(
      context("Query", {
        KeyConditionExpression: "PK = :a AND begins_with(#sk, :b)",
        FilterExpression: "size(tags[0].name) > :c AND NOT (price BETWEEN :d AND :e) OR #t IN (:f)",
        ProjectionExpression: "address.street, list[1], #t",
        ExpressionAttributeNames: { "#sk": "SK", "#t": "total" },
      }),
    ).toEqual({
      "dynamodb:Attributes": ["PK", "SK", "tags", "price", "total", "address", "list"],
    });
    expect(
      context("UpdateItem", {
        Key: key("a"),
        UpdateExpression:
          "SET price = if_not_exists(price, :p), seen = seen + :one REMOVE old ADD tags :t",
        ConditionExpression: "attribute_exists(PK)",
      })?.["dynamodb:Attributes"],
    ).toEqual(["PK", "SK", "price", "seen", "old", "tags"]);
    expect(
      context("GetItem", { Key: key("a"), AttributesToGet: ["name"] })?.["dynamodb:Attributes"],
    ).toEqual(["PK", "SK", "name"]);
  });

  it("have what the request asks to be given, and nothing that it does not say", () => {
    expect(context("Scan", { Select: "COUNT", ReturnConsumedCapacity: "TOTAL" })).toEqual({
      "dynamodb:Select": "COUNT",
      "dynamodb:ReturnConsumedCapacity": "TOTAL",
    });
    expect(context("UpdateItem", { ReturnValues: "ALL_NEW" })).toEqual({
      "dynamodb:ReturnValues": "ALL_NEW",
    });
  });
});

describe("the access requests of PartiQL", () => {
  it.each<[string, string, string]>([
    [`SELECT * FROM "shop-orders-dev" WHERE PK = 'a'`, "PartiQLSelect", orders],
    [`select PK, "x FROM y" from shop-orders-dev`, "PartiQLSelect", orders],
    [`SELECT 'x FROM other' FROM "shop-orders-dev"`, "PartiQLSelect", orders],
    [`SELECT * FROM "shop-orders-dev"."ByCustomer" WHERE customer = ?`, "PartiQLSelect", index],
    [`EXISTS(SELECT * FROM "shop-orders-dev")`, "PartiQLSelect", orders],
    [`INSERT INTO "shop-orders-dev" VALUE {'PK': 'a'}`, "PartiQLInsert", orders],
    [`UPDATE "shop-orders-dev" SET a = 1 WHERE PK = 'a'`, "PartiQLUpdate", orders],
    [`\n DELETE  FROM\t"shop-orders-dev" WHERE PK = 'a'`, "PartiQLDelete", orders],
    [`DELETE FROM other`, "PartiQLDelete", arn("table/other")],
  ])("of %o are %s on %s", (Statement, action, resource) => {
    expect(asked("ExecuteStatement", { Statement })).toEqual([[action, resource, undefined]]);
  });

  it("take each reading statement for one that reads all of the table", () => {
    const Statement = "SELECT * FROM orders";
    expect(context("ExecuteStatement", { Statement })).toEqual({
      "dynamodb:FullTableScan": "true",
    });
    expect(context("ExecuteStatement", { Statement: "DELETE FROM orders" })).toEqual({});
  });

  it("are one for each statement of a batch or a transaction", () => {
    const statements = [{ Statement: "SELECT * FROM a" }, { Statement: "DELETE FROM b" }];
    const both = [
      ["PartiQLSelect", arn("table/a"), undefined],
      ["PartiQLDelete", arn("table/b"), undefined],
    ];
    expect(asked("BatchExecuteStatement", { Statements: statements })).toEqual(both);
    expect(asked("ExecuteTransaction", { TransactStatements: statements })).toEqual(both);
  });

  it.each([["DROP TABLE a"], ["SELECT 1"], [""], [undefined]])(
    "are none for %o, which is refused",
    (Statement) => {
      expect(() => asked("ExecuteStatement", { Statement })).toThrow(
        "Statement wasn't well formed",
      );
    },
  );
});

describe("the access requests of every other operation", () => {
  const backup = `${orders}/backup/01`;
  it.each<[string, object, [string, string][]]>([
    ["DescribeTable", { TableName }, [["DescribeTable", orders]]],
    ["DescribeTimeToLive", { TableName }, [["DescribeTimeToLive", orders]]],
    ["UpdateContinuousBackups", { TableName }, [["UpdateContinuousBackups", orders]]],
    ["CreateBackup", { TableName, BackupName: "b" }, [["CreateBackup", orders]]],
    ["TagResource", { ResourceArn: orders, Tags: [] }, [["TagResource", orders]]],
    ["DescribeBackup", { BackupArn: backup }, [["DescribeBackup", backup]]],
    ["ListTables", {}, [["ListTables", arn("table/*")]]],
    ["DescribeLimits", {}, [["DescribeLimits", "*"]]],
    ["SomethingNew", { TableName }, [["SomethingNew", orders]]],
  ])("%s of %o needs %o", (operation, input, requests) => {
    const found = asked(operation, input);
    expect(found).toEqual(requests.map(([action, resource]) => [action, resource, undefined]));
  });

  it("to restore are those of the source, the target and the items", () => {
    const actions = asked("RestoreTableFromBackup", { BackupArn: backup, TargetTableName: "new" });
    expect(actions).toContainEqual(["RestoreTableFromBackup", backup, undefined]);
    expect(actions).toContainEqual(["RestoreTableFromBackup", arn("table/new"), undefined]);
    expect(actions).toContainEqual(["BatchWriteItem", arn("table/new"), undefined]);
    expect(
      asked("RestoreTableToPointInTime", { SourceTableName: TableName, TargetTableName: "new" }),
    ).toContainEqual(["RestoreTableToPointInTime", orders, undefined]);
  });
});
