/** The policies of the Product service's functions, held against all that a function can do to a table. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { ensureTable, startEngine, type TableEngine } from "../../src/dev/engine/index.ts";
import { startTableEndpoint, type TableEndpoint } from "../../src/dev/table-endpoint/index.ts";
import { validateManifest } from "../../src/manifest/index.ts";
import { planService } from "../../src/plan/index.ts";
import { callAs } from "../shop.ts";

const validated = validateManifest(product);
if (!validated.ok) throw new Error(JSON.stringify(validated.problems));
const plan = planService(validated.manifest, "dev");
const products = "products-dev";
const keys = ["PRODUCT#1", "IDEMPOTENCY#1", "PAGE_TOKEN_KEY", "PRIMING", "OTHER#1"];

let engine: TableEngine;
let endpoint: TableEndpoint;
beforeAll(async () => {
  engine = await startEngine({ dataDirectory: undefined }, {});
  for (const table of plan.tables) {
    await ensureTable(engine.endpoint, table);
    await ensureTable(engine.endpoint, { ...table, name: "others-dev" });
  }
  endpoint = await startTableEndpoint({
    engine: { endpoint: engine.endpoint, restarting: undefined },
    plan: () => plan,
    policy: true,
    onEvent: () => {},
  });
});
afterAll(async () => {
  await endpoint.close();
  await engine.stop();
});

/** What each function's own calls are: the action, and the partition key or the index. */
const own: Record<string, string[]> = {
  list: [
    "Query ActiveProductsIndex true",
    "GetItem products-dev PAGE_TOKEN_KEY",
    "PutItem products-dev PAGE_TOKEN_KEY",
  ],
  get: ["GetItem products-dev PRODUCT#1"],
  create: ["PutItem products-dev PRODUCT#1", "PutItem products-dev IDEMPOTENCY#1"],
  update: ["UpdateItem products-dev PRODUCT#1"],
  delete: ["UpdateItem products-dev PRODUCT#1"],
};

/** What all of these do while they initialise. The authorizer knows no table. */
const priming = "GetItem products-dev PRIMING";

/**
 * Scans have no leading key, and `ForAllValues` of none is true: what keeps them out is that nobody is
 * granted one.
 */
describe.each(plan.functions.map(({ key }) => key))("the function %s", (key) => {
  it.each(everyCall())(
    "gets from $name what its policy says",
    async ({ name, operation, input }) => {
      const { status, body } = await callAs(endpoint, key, operation, input);
      const isDenied = body.__type === "com.amazon.coral.service#AccessDeniedException";
      const isOwn = key in own && [priming, ...(own[key] ?? [])].includes(name);
      expect([name, isDenied]).toEqual([name, !isOwn]);
      if (!isDenied) expect(status).toBe(200);
    },
  );
});

function everyCall() {
  const calls: { name: string; operation: string; input: object }[] = [];
  for (const table of [products, "others-dev"]) {
    for (const key of keys) {
      const Key = { PK: { S: key }, SK: { S: "METADATA" } };
      const add = (operation: string, input: object, action = operation) =>
        calls.push({ name: `${action} ${table} ${key}`, operation, input });
      add("GetItem", { TableName: table, Key });
      add("BatchGetItem", { RequestItems: { [table]: { Keys: [Key] } } });
      add("Query", { TableName: table, ...queryFor("PK", key) });
      add("PutItem", { TableName: table, Item: Key });
      add("UpdateItem", { TableName: table, Key });
      add("DeleteItem", { TableName: table, Key });
      add("BatchWriteItem", { RequestItems: { [table]: [{ PutRequest: { Item: Key } }] } });
      const check = { TableName: table, Key, ConditionExpression: "attribute_exists(PK)" };
      const TransactItems = [{ ConditionCheck: check }];
      add("TransactWriteItems", { TransactItems }, "ConditionCheckItem");
    }
    calls.push({ name: `Scan ${table}`, operation: "Scan", input: { TableName: table } });
  }
  const index = { TableName: products, IndexName: "ActiveProductsIndex" };
  for (const active of ["true", "false"]) {
    const input = { ...index, ...queryFor("active", active) };
    calls.push({ name: `Query ActiveProductsIndex ${active}`, operation: "Query", input });
  }
  calls.push({ name: "Scan ActiveProductsIndex", operation: "Scan", input: index });
  return calls;
}

function queryFor(attribute: string, value: string) {
  return {
    KeyConditionExpression: "#key = :value",
    ExpressionAttributeNames: { "#key": attribute },
    ExpressionAttributeValues: { ":value": { S: value } },
  };
}
