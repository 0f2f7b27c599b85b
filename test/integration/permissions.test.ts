/** A permission that a function does not have is missing on this machine too. */
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../src/dev/index.ts";
import { startLocalService } from "../../src/testing/index.ts";
import { productCopy, replaced, sampleProduct } from "../product-copy.ts";
import { type Served, serve } from "../served-service.ts";

/** In the place of a handler: the SDK, told what to do, with the function's own credentials. */
const anyCommand = `
  import * as sdk from "@aws-sdk/client-dynamodb";
  const client = new sdk.DynamoDBClient({});
  export const handler = async ({ command, input }) => {
    try {
      await client.send(new sdk[command + "Command"](input));
      return "done";
    } catch (error) {
      return error.name + ": " + error.message;
    }
  };`;

const mayPut = '{ allow: ["PutItem"], partitionKeys: ["PRODUCT#*", "IDEMPOTENCY#*"] },';
const timeout = 60_000;
let directory: string;
let strict: Served;
let lenient: Served;
let local: DevServer;
beforeAll(async () => {
  directory = await productCopy({
    "service.ts": (text) =>
      replaced(
        replaced(text, mayPut, ""),
        "tables: {",
        'tables: { others: { name: "others-{environment}", partitionKey: "PK", sortKey: "SK" },',
      ),
    "src/handlers/get-product.ts": () => anyCommand,
  });
  strict = await serve(directory);
  lenient = await serve(directory, { policy: false });
  local = await startLocalService(directory);
}, timeout);
afterAll(async () => {
  await strict?.stop();
  await lenient?.stop();
  await local?.stop();
  await rm(directory, { recursive: true, force: true });
}, timeout);

/** By somebody who may: what the function may is another matter. */
async function create({ url, token }: DevServer) {
  const response = await fetch(`${url}/v1.0/products`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Bearer ${await token()}`,
      Connection: "close",
    },
    body: JSON.stringify(sampleProduct),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

describe("a function that lost dynamodb:PutItem", { timeout }, () => {
  it("fails, and says nothing of it to the caller", async () => {
    const { status, headers, text, json } = await create(strict.server);
    expect([status, json.status]).toEqual([500, 500]);
    expect(headers.get("Content-Type")).toBe("application/problem+json");
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(json).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      detail: "Something went wrong. Quote the request id when you report it.",
      requestId: expect.any(String),
      errors: [],
    });
    expect(text).not.toMatch(/dynamodb|denied|authorized|policy|products-dev|arn:/i);
  });

  it("names what is missing in its log", async () => {
    await create(strict.server);
    const line = await strict.happened("output", ({ line }) => line.includes("AccessDenied"));
    expect(line).toMatchObject({ function: "create", platform: false });
    expect(line.line).toContain("AccessDeniedException");
    expect(line.line).toContain("is not authorized to perform: dynamodb:PutItem");
  });

  it("is told of together with the line that would allow it", async () => {
    await create(strict.server);
    expect(await strict.happened("access-denied", (event) => event.function === "create")).toEqual({
      type: "access-denied",
      function: "create",
      action: "dynamodb:PutItem",
      resource: "arn:aws:dynamodb:eu-west-1:536580886816:table/products-dev",
      message: expect.stringMatching(
        /^User: arn:aws:sts::536580886816:assumed-role\/\S+\/bbws-product-create-dev is not authorized to perform: dynamodb:PutItem on resource: \S+ because no identity-based policy allows the dynamodb:PutItem action$/,
      ),
      fix: expect.stringContaining('"PutItem"'),
    });
  });

  it("has it all the same where policies are not asked", async () => {
    const { status } = await create(lenient.server);
    expect(status).toBe(201);
    expect(lenient.of("access-denied")).toEqual([]);
  });

  it("does not have it in a service's own tests", async () => {
    expect((await create(local)).status).toBe(500);
  });
});

describe("the environment of a function that may get one kind of item", { timeout }, () => {
  const Key = { PK: { S: "PRODUCT#1" }, SK: { S: "METADATA" } };
  const products = { TableName: "products-dev" };
  const index = {
    ...products,
    IndexName: "ActiveProductsIndex",
    KeyConditionExpression: "active = :active",
    ExpressionAttributeValues: { ":active": { S: "true" } },
  };
  const otherKey = { ...Key, PK: { S: "IDEMPOTENCY#1" } };
  const attempts: readonly [what: string, command: string, input: object][] = [
    ["write such an item", "PutItem", { ...products, Item: Key }],
    ["change it", "UpdateItem", { ...products, Key }],
    ["delete it", "DeleteItem", { ...products, Key }],
    [
      "write in a batch",
      "BatchWriteItem",
      { RequestItems: { "products-dev": [{ PutRequest: { Item: Key } }] } },
    ],
    [
      "write in a transaction",
      "TransactWriteItems",
      { TransactItems: [{ Put: { ...products, Item: Key } }] },
    ],
    ["get another kind of item", "GetItem", { ...products, Key: otherKey }],
    ["get from another table", "GetItem", { TableName: "others-dev", Key }],
    ["use the index", "Query", index],
    ["read everything", "Scan", products],
    ["delete the table", "DeleteTable", products],
  ];
  const attempt = async (served: Served, command: string, input: object) =>
    (await served.invoke("bbws-product-get-dev", { command, input })).json;

  it("gets it", async () => {
    expect(await attempt(strict, "GetItem", { ...products, Key })).toBe("done");
  });

  it.each(attempts)("cannot %s", async (_, command, input) => {
    expect(await attempt(strict, command, input)).toMatch(
      /^AccessDeniedException: User: \S+\/bbws-product-get-dev is not authorized to perform: dynamodb:\w+ on resource: /,
    );
  });

  it.each(attempts.slice(0, -1))(
    "can %s where policies are not asked",
    async (_, command, input) => {
      expect(await attempt(lenient, command, input)).toBe("done");
    },
  );
});
