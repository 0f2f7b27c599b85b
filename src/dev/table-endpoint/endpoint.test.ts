import { describe, expect, it } from "vitest";
import { arn, authorization, ordersArn, post, useShop } from "../../../test/shop.ts";
import { startDynalite } from "../engine/dynalite/dynalite.ts";

const order = (id: string, more: object = {}) => ({
  PK: { S: `ORDER#${id}` },
  SK: { S: "METADATA" },
  ...more,
});
const target = (operation: string) => ({ "X-Amz-Target": `DynamoDB_20120810.${operation}` });

describe("the table endpoint", () => {
  const shop = useShop();
  const put = (caller: string, id: string) =>
    shop.call(caller, "PutItem", { TableName: "shop-orders-dev", Item: order(id) });

  it("gives a function what it has written itself", async () => {
    expect(await put("orders", "1")).toMatchObject({ status: 200, body: {} });
    const { status, body } = await shop.call("orders", "GetItem", {
      TableName: "shop-orders-dev",
      Key: order("1"),
    });
    expect({ status, body }).toEqual({ status: 200, body: { Item: order("1") } });
  });

  it("lets the developer do what no function may", async () => {
    const { status, body } = await shop.call("owner", "ListTables", {});
    expect({ status, body }).toEqual({
      status: 200,
      body: { TableNames: ["shop-orders-dev", "shop-stock-dev"] },
    });
  });

  it("refuses what the function's own policy does not allow, in AWS's words", async () => {
    const { status, body } = await put("nothing", "2");
    expect({ status, body }).toEqual({
      status: 400,
      body: {
        __type: "com.amazon.coral.service#AccessDeniedException",
        Message: `User: arn:aws:sts::123456789012:assumed-role/test-shop-nothing-dev/test-shop-nothing-dev is not authorized to perform: dynamodb:PutItem on resource: ${ordersArn} because no identity-based policy allows the dynamodb:PutItem action`,
      },
    });
    expect(
      (await shop.call("owner", "GetItem", { TableName: "shop-orders-dev", Key: order("2") })).body,
    ).toEqual({});
  });

  it("tells of what it refuses, with the grant that would allow it", async () => {
    shop.events.splice(0);
    await put("nothing", "2");
    expect(shop.events).toEqual([
      {
        type: "access-denied",
        function: "nothing",
        action: "dynamodb:PutItem",
        resource: ordersArn,
        message: expect.stringMatching(/^User: .* action$/),
        fix: 'add { allow: ["PutItem"], partitionKeys: ["ORDER#*"] } to functions.nothing.tables.orders in service.ts',
      },
      {
        type: "table-call",
        function: "nothing",
        operation: "PutItem",
        tables: ["shop-orders-dev"],
        status: 400,
        milliseconds: expect.any(Number),
        errorType: "AccessDeniedException",
      },
    ]);
  });

  it("tells of each call, with what the engine says is wrong with it", async () => {
    shop.events.splice(0);
    await shop.call("owner", "DescribeTable", { TableName: "shop-orders-dev" });
    await shop.call("everything", "Query", { TableName: "shop-orders-dev" });
    expect(shop.events).toMatchObject([
      { type: "table-call", function: null, operation: "DescribeTable", status: 200 },
      { function: "everything", operation: "Query", errorType: "ValidationException" },
    ]);
    expect(shop.events[0]).not.toHaveProperty("errorType");
  });

  it("refuses a call without credentials, and one with credentials that it never gave", async () => {
    const anonymous = await post(shop.url, "{}", target("ListTables"));
    expect([anonymous.status, anonymous.body]).toEqual([
      400,
      {
        __type: "com.amazon.coral.service#MissingAuthenticationTokenException",
        message: "Request is missing Authentication Token",
      },
    ]);
    // not-a-secret: made up for a test
    for (const key of ["ASIA0123456789ABCDEF", "AKIAIOSFODNN7EXAMPLE", ""]) {
      const stranger = await post(shop.url, "{}", {
        ...target("ListTables"),
        Authorization: authorization(key),
      });
      expect([stranger.status, stranger.body]).toEqual([
        400,
        {
          __type: "com.amazon.coral.service#UnrecognizedClientException",
          message: "The security token included in the request is invalid.",
        },
      ]);
    }
  });

  it("refuses a function that the plan no longer has", async () => {
    const { body } = await put("removed", "1");
    expect(body.__type).toBe("com.amazon.coral.service#UnrecognizedClientException");
  });

  it("says DescribeTable with the account and region of the plan", async () => {
    const { body } = await shop.call("owner", "DescribeTable", { TableName: "shop-orders-dev" });
    expect(body.Table.TableArn).toBe(ordersArn);
    expect(body.Table.GlobalSecondaryIndexes[0].IndexArn).toBe(`${ordersArn}/index/ByCustomer`);
  });

  it("takes a table's ARN wherever DynamoDB takes one", async () => {
    await put("orders", "1");
    const read = { TableName: ordersArn, Key: order("1") };
    expect((await shop.call("orders", "GetItem", read)).body).toEqual({ Item: order("1") });
    expect(
      (
        await shop.call("orders", "BatchGetItem", {
          RequestItems: { [ordersArn]: { Keys: [order("1")] } },
        })
      ).body,
    ).toMatchObject({ Responses: { [ordersArn]: [order("1")] } });
    expect(
      (await shop.call("owner", "DescribeTable", { TableName: ordersArn })).body,
    ).toMatchObject({
      Table: { TableName: "shop-orders-dev", TableArn: ordersArn },
    });
    const transaction = { TransactItems: [{ Put: { TableName: ordersArn, Item: order("3") } }] };
    expect((await shop.call("orders", "TransactWriteItems", transaction)).status).toBe(200);
    expect((await shop.call("nothing", "GetItem", read)).body.Message).toContain(ordersArn);
  });

  it("takes tags by the ARN that it has given", async () => {
    const ResourceArn = ordersArn;
    const Tags = [{ Key: "Team", Value: arn("table/shop-stock-dev") }];
    expect(await shop.call("owner", "TagResource", { ResourceArn, Tags })).toMatchObject({
      status: 200,
    });
    expect((await shop.call("owner", "ListTagsOfResource", { ResourceArn })).body).toEqual({
      Tags,
    });
  });

  it("leaves ARNs inside of items as they are", async () => {
    const item = order("arn", {
      TableArn: { S: "arn:aws:dynamodb:us-east-1:999999999999:table/a" },
    });
    await shop.call("owner", "PutItem", { TableName: ordersArn, Item: item });
    const { body } = await shop.call("owner", "Query", {
      TableName: ordersArn,
      KeyConditionExpression: "PK = :key",
      ExpressionAttributeValues: { ":key": { S: "ORDER#arn" } },
    });
    expect(body.Items).toEqual([item]);
  });
});

describe("the table endpoint without the policy gate", () => {
  const shop = useShop({ policy: false });

  it("lets every function do everything, and still knows who calls", async () => {
    const input = { TableName: "shop-orders-dev", Item: order("1") };
    expect((await shop.call("nothing", "PutItem", input)).status).toBe(200);
    expect(shop.events).toMatchObject([{ type: "table-call", function: "nothing", status: 200 }]);
  });
});

describe("the table endpoint on dynalite", () => {
  const shop = useShop({}, () => startDynalite({ dataDirectory: undefined }));

  it("has what dynalite lacks, and dynalite's transactions", async () => {
    const TableName = "shop-orders-dev";
    const Item = order("1", { expiresAt: { N: String(Math.floor(Date.now() / 1_000) - 60) } });
    const TransactItems = [{ Put: { TableName, Item } }];
    expect((await shop.call("orders", "TransactWriteItems", { TransactItems })).status).toBe(200);
    expect((await shop.call("owner", "DescribeTable", { TableName })).body.Table.TableArn).toBe(
      ordersArn,
    );
    const tags = { ResourceArn: ordersArn, Tags: [{ Key: "Team", Value: "a" }] };
    expect((await shop.call("owner", "TagResource", tags)).status).toBe(200);
    expect(
      (await shop.call("owner", "ListTagsOfResource", { ResourceArn: ordersArn })).body,
    ).toEqual({
      Tags: tags.Tags,
    });
    expect((await shop.call("owner", "DescribeTimeToLive", { TableName })).body).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expiresAt" },
    });
    const { body } = await shop.call("owner", "CreateBackup", { TableName, BackupName: "backup" });
    expect(await shop.endpoint.sweep()).toBe(1);
    const { BackupArn } = body.BackupDetails;
    await shop.call("owner", "RestoreTableFromBackup", { BackupArn, TargetTableName: "restored" });
    expect((await shop.call("owner", "Scan", { TableName: "restored" })).body.Items).toEqual([
      Item,
    ]);
  });
});
