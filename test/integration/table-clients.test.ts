/** The table endpoint as AWS's own clients see it. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  BatchGetItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it, type TestContext } from "vitest";
import { ordersArn, useShop } from "../shop.ts";

const run = promisify(execFile);
const TableName = "shop-orders-dev";
const Item = { PK: { S: "ORDER#1" }, SK: { S: "METADATA" } };
const denied = `User: arn:aws:sts::123456789012:assumed-role/test-shop-reader-dev/test-shop-reader-dev is not authorized to perform: dynamodb:PutItem on resource: ${ordersArn} because no identity-based policy allows the dynamodb:PutItem action`;

describe("the AWS SDK for JavaScript", () => {
  const shop = useShop();
  const client = (caller: string, maxAttempts = 1) =>
    new DynamoDBClient({
      endpoint: shop.url,
      region: "eu-west-1",
      maxAttempts,
      credentials: shop.endpoint.callers.credentialsOf(caller),
    });

  it("reads and writes as a function", async () => {
    const sdk = client("everything");
    await sdk.send(new PutItemCommand({ TableName, Item }));
    expect((await sdk.send(new GetItemCommand({ TableName, Key: Item }))).Item).toEqual(Item);
    const batch = new BatchGetItemCommand({ RequestItems: { [ordersArn]: { Keys: [Item] } } });
    expect((await sdk.send(batch)).Responses).toEqual({ [ordersArn]: [Item] });
    const TransactItems = [{ Put: { TableName, Item } }];
    await sdk.send(new TransactWriteItemsCommand({ TransactItems }));
    sdk.destroy();
  });

  it("throws AWS's error where the policy refuses", async () => {
    const sdk = client("reader", 3);
    shop.events.splice(0);
    await expect(sdk.send(new PutItemCommand({ TableName, Item }))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: denied,
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    sdk.destroy();
  });

  it("throws AWS's error where nobody knows the credentials", async () => {
    // not-a-secret: made up for a test
    const credentials = { accessKeyId: "ASIA0000000000000000", secretAccessKey: "a" };
    const sdk = new DynamoDBClient({ endpoint: shop.url, region: "eu-west-1", credentials });
    await expect(sdk.send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    });
    sdk.destroy();
  });
});

describe("the AWS SDK for JavaScript under chaos", () => {
  const lots = [0, 0.1, 0.9];
  const shop = useShop({
    chaos: { throttlePercent: 10, errorPercent: 10, latencyMilliseconds: 0 },
    random: () => lots.shift() ?? 0.9,
  });

  it("tries again after a throttled call and after one that failed", async () => {
    const sdk = new DynamoDBClient({
      endpoint: shop.url,
      region: "eu-west-1",
      maxAttempts: 3,
      credentials: shop.endpoint.callers.credentialsOf("everything"),
    });
    const { $metadata } = await sdk.send(new PutItemCommand({ TableName, Item }));
    expect($metadata.attempts).toBe(3);
    expect(shop.events.map((event) => event.type === "table-call" && event.errorType)).toEqual([
      "ProvisionedThroughputExceededException",
      "InternalServerError",
      undefined,
    ]);
    sdk.destroy();
  });
});

describe("clients in other languages", () => {
  const shop = useShop();
  const environment = (caller: string) => {
    const key = shop.endpoint.callers.credentialsOf(caller);
    return {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_ENDPOINT_URL_DYNAMODB: shop.url,
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_MAX_ATTEMPTS: "1",
      AWS_PAGER: "",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_SESSION_TOKEN: key.sessionToken,
    };
  };

  /** Runs a program, or skips the test where this machine does not have it. */
  async function foreign(
    { skip }: TestContext,
    [program, ...check]: [string, ...string[]],
    args: string[],
    caller: string,
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    await run(program, check).catch(() => skip(`${program} ${check.join(" ")} does not work here`));
    return run(program, args, { env: environment(caller) }).then(
      (output) => ({ code: 0, ...output }),
      (error) => error,
    );
  }
  const python: [string, ...string[]] = ["python3", "-c", "import boto3"];
  const cli: [string, ...string[]] = ["aws", "--version"];
  const allowed = { timeout: 120_000 };

  it("such as boto3 read, write and are refused", allowed, async (context) => {
    const program = `
import boto3, json, sys
from botocore.exceptions import ClientError
table = boto3.resource("dynamodb").Table("${TableName}")
print(json.dumps(table.get_item(Key={"PK": "ORDER#1", "SK": "METADATA"})["Item"], sort_keys=True))
try:
    table.put_item(Item={"PK": "ORDER#1", "SK": "METADATA"})
except ClientError as error:
    print(error.response["Error"]["Code"], error.response["Error"]["Message"], error.response["ResponseMetadata"]["HTTPStatusCode"])
`;
    await shop.call("owner", "PutItem", { TableName, Item });
    const { stdout, stderr } = await foreign(context, python, ["-c", program], "reader");
    expect(stderr).not.toContain("Traceback");
    expect(stdout.trim().split("\n")).toEqual([
      '{"PK": "ORDER#1", "SK": "METADATA"}',
      `AccessDeniedException ${denied} 400`,
    ]);
  });

  it(
    "such as the AWS CLI read, and print AWS's words when they are refused",
    allowed,
    async (context) => {
      await shop.call("owner", "PutItem", { TableName, Item });
      const key = JSON.stringify(Item);
      const get = [
        "dynamodb",
        "get-item",
        "--table-name",
        ordersArn,
        "--key",
        key,
        "--output",
        "json",
      ];
      const read = await foreign(context, cli, get, "reader");
      expect(JSON.parse(read.stdout)).toEqual({ Item });
      const put = ["dynamodb", "put-item", "--table-name", TableName, "--item", key];
      const { code, stderr } = await foreign(context, cli, put, "reader");
      expect(code).toBeGreaterThan(0);
      expect(stderr.trim()).toContain(
        `An error occurred (AccessDeniedException) when calling the PutItem operation: ${denied}`,
      );
    },
  );
});

describe("a description of a table", () => {
  const shop = useShop();

  it("is read by the SDK with the plan's ARN and dates that are dates", async () => {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const sdk = new DynamoDBClient({ endpoint: shop.url, region: "eu-west-1", credentials });
    const { Table } = await sdk.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({ TableArn: ordersArn, CreationDateTime: expect.any(Date) });
    sdk.destroy();
  });
});
