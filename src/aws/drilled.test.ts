/** What a drill does to tables and functions, made to an emulator. */
import { createHash } from "node:crypto";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withVariables } from "../../test/variables.ts";
import { brokenSha256, brokenZip } from "../drill/broken-code.ts";
import { findMoto, type Moto, startMoto } from "../emulator/start-moto.ts";
import { Aliases, Bucket, FunctionCode, KeyedItems } from "./index.ts";

const lacks = findMoto();
const region = "eu-west-1";
const TableName = "shop";

describe.skipIf(lacks.length > 0)("a table and a function that a drill harms", () => {
  let moto: Moto;
  let restore: () => void;
  const items = new KeyedItems(region);
  const key = (n: number) => ({ PK: { S: `drill#${n}` } });

  beforeAll(async () => {
    moto = await startMoto(region, "111122223333", false);
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
  });

  afterAll(async () => {
    restore?.();
    await moto?.stop();
  });

  it("has items by their keys, more than one call takes, until they are removed or the table is", async () => {
    const client = new DynamoDBClient({ region });
    await client.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: "PK", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "PK", AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
      }),
    );
    const keys = Array.from({ length: 130 }, (_, n) => key(n));
    for (const one of keys) await items.put(TableName, { ...one, at: { S: "now" } });
    expect(await items.read(TableName, [...keys, key(999)])).toHaveLength(130);
    await items.remove(TableName, keys.slice(10));
    expect(await items.read(TableName, keys)).toHaveLength(10);

    await items.deleteTable(TableName);
    await expect(client.send(new DescribeTableCommand({ TableName }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    expect(await items.read(TableName, keys)).toBeUndefined();
    await items.remove(TableName, keys);
    await expect(items.deleteTable(TableName)).rejects.toMatchObject({ code: "AWS_FAILED" });
    client.destroy();
  });

  it("gets a version that fails, and is afterwards as if it had never had it", async () => {
    const good = Buffer.from(brokenZip);
    // One byte of the text: another code, and as good a zip as a stored one with a wrong checksum is here.
    good[60] = "E".charCodeAt(0);
    const goodSha256 = createHash("sha256").update(good).digest("hex");
    const bucket = new Bucket("artifacts", region);
    await bucket.ensure();
    await bucket.uploadOnce("good.zip", good, goodSha256);
    const role = await new IAMClient({ region }).send(
      new CreateRoleCommand({ RoleName: "lambda", AssumeRolePolicyDocument: "{}" }),
    );
    const lambda = new LambdaClient({ region });
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: "get",
        Role: role.Role?.Arn,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Code: { ZipFile: good },
        Publish: true,
        Environment: { Variables: { DYNAMODB_TABLE: TableName } },
      }),
    );
    await lambda.send(
      new CreateAliasCommand({ FunctionName: "get", Name: "live", FunctionVersion: "1" }),
    );
    const code = new FunctionCode(region);
    const aliases = new Aliases("live", region);
    const sha256Of = (version: string) => aliases.sha256Of("get", version);

    expect(await code.variable("get", "live", "DYNAMODB_TABLE")).toBe(TableName);
    expect(await code.variable("nothing", "live", "DYNAMODB_TABLE")).toBeUndefined();
    const version = await code.publish("get", brokenZip);
    expect(version).toBe("2");
    expect(await Promise.all(["1", "2", "$LATEST"].map(sha256Of))).toEqual([
      goodSha256,
      brokenSha256,
      brokenSha256,
    ]);

    await code.removeVersions("get", brokenSha256);
    await code.use("get", "artifacts", "good.zip");
    expect(await Promise.all(["1", "2", "$LATEST"].map(sha256Of))).toEqual([
      goodSha256,
      undefined,
      goodSha256,
    ]);
    lambda.destroy();
  }, 60_000);
});
