/** A little bank, to hold dynalite with its front to what Dynoxide does. */
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { startDynalite } from "../src/dev/engine/dynalite/dynalite.ts";
import type { Item } from "../src/dev/engine/dynalite/stored-item.ts";
import { findDynoxide, startDynoxide } from "../src/dev/engine/dynoxide.ts";
import type { TableEngine } from "../src/dev/engine/engine.ts";
import { tableApi } from "../src/dev/engine/table-api.ts";

export const accounts = "accounts";
export const entries = "entries";

export interface Bank {
  readonly endpoint: string;
  call(operation: string, input: unknown): Promise<Answer>;
  write(actions: readonly unknown[], token?: string): Promise<Answer>;
  read(actions: readonly unknown[]): Promise<Answer>;
  /** All accounts in the order of their ids, as the index has them. */
  all(): Promise<Item[]>;
}

export interface Answer {
  readonly status: number;
  readonly body: {
    __type?: string;
    message?: string;
    Message?: string;
    Item?: Item;
    CancellationReasons?: { Code: string; Message?: string; Item?: Item }[];
    Responses?: { Item?: Item }[];
  };
}

/** Runs tests on both engines, each with a bank where the accounts `a` and `b` have 100 each. */
export function onBothEngines(tests: (bank: Bank) => void): void {
  describe("on dynalite with its front", () => tests(useBank(() => startDynalite(inMemory))));
  const program = findDynoxide();
  if (program === undefined) {
    const machine = `${process.platform}-${process.arch}`;
    process.stdout.write(`Dynoxide has no program for ${machine}: only dynalite is tested.\n`);
  } else {
    describe("on Dynoxide", () => tests(useBank(() => startDynoxide(program, inMemory))));
  }
}

const inMemory = { dataDirectory: undefined };

/** A bank on an engine that runs as long as the tests around it. */
export function useBank(start: () => Promise<TableEngine>): Bank {
  let engine: TableEngine;
  beforeAll(async () => {
    engine = await start();
    await createTables(engine.endpoint);
  });
  afterAll(() => engine.stop());
  beforeEach(() => refill(engine.endpoint));

  const call = (operation: string, input: unknown) => send(engine.endpoint, operation, input);
  return {
    get endpoint() {
      return engine.endpoint;
    },
    call,
    write: (TransactItems, ClientRequestToken) =>
      call("TransactWriteItems", { TransactItems, ClientRequestToken }),
    read: (TransactItems) => call("TransactGetItems", { TransactItems }),
    async all() {
      const { Items } = await tableApi<{ Items: Item[] }>(engine.endpoint, "Query", {
        TableName: accounts,
        IndexName: "ByKind",
        KeyConditionExpression: "kind = :kind",
        ExpressionAttributeValues: { ":kind": { S: "account" } },
      });
      return Items.sort((a, b) => (JSON.stringify(a.id) < JSON.stringify(b.id) ? -1 : 1));
    },
  };
}

export function account(id: string, amount: number): Item {
  return { id: { S: id }, kind: { S: "account" }, amount: { N: String(amount) } };
}

export function put(item: Item, more: object = {}) {
  return { Put: { TableName: accounts, Item: item, ...more } };
}

export function add(id: string, amount: number, more: object = {}) {
  return {
    Update: {
      TableName: accounts,
      Key: { id: { S: id } },
      UpdateExpression: "SET amount = amount + :amount",
      ExpressionAttributeValues: { ":amount": { N: String(amount) } },
      ...more,
    },
  };
}

export function remove(id: string, more: object = {}) {
  return { Delete: { TableName: accounts, Key: { id: { S: id } }, ...more } };
}

export function check(id: string, ConditionExpression: string, more: object = {}) {
  return {
    ConditionCheck: { TableName: accounts, Key: { id: { S: id } }, ConditionExpression, ...more },
  };
}

export const isNew = { ConditionExpression: "attribute_not_exists(id)" };
export const isThere = { ConditionExpression: "attribute_exists(id)" };
export const showOld = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" };

export function codes({ body }: Answer): string[] | undefined {
  return body.CancellationReasons?.map(({ Code }) => Code);
}

/** The whole answer: `tableApi` keeps only the name and the message of an error. */
async function send(endpoint: string, operation: string, input: unknown): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `DynamoDB_20120810.${operation}`,
      Authorization: "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c",
      "X-Amz-Date": "20260101T000000Z",
    },
    body: typeof input === "string" ? input : JSON.stringify(input),
  });
  return { status: response.status, body: (await response.json()) as Answer["body"] };
}

async function refill(endpoint: string): Promise<void> {
  for (const TableName of [accounts, entries]) {
    const { Items } = await tableApi<{ Items: Item[] }>(endpoint, "Scan", { TableName });
    for (const { id, account, number } of Items) {
      const Key = TableName === accounts ? { id } : { account, number };
      await tableApi(endpoint, "DeleteItem", { TableName, Key });
    }
  }
  for (const id of ["a", "b"]) {
    await tableApi(endpoint, "PutItem", put(account(id, 100)).Put);
  }
}

async function createTables(endpoint: string): Promise<void> {
  const S = (AttributeName: string) => ({ AttributeName, AttributeType: "S" });
  const hash = (AttributeName: string) => ({ AttributeName, KeyType: "HASH" });
  const tables = [
    {
      TableName: entries,
      AttributeDefinitions: [S("account"), { AttributeName: "number", AttributeType: "N" }],
      KeySchema: [hash("account"), { AttributeName: "number", KeyType: "RANGE" }],
    },
    {
      TableName: accounts,
      AttributeDefinitions: [S("id"), S("kind")],
      KeySchema: [hash("id")],
      GlobalSecondaryIndexes: [
        {
          IndexName: "ByKind",
          KeySchema: [hash("kind")],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    },
  ];
  for (const table of tables) {
    await tableApi(endpoint, "CreateTable", { ...table, BillingMode: "PAY_PER_REQUEST" });
    await untilActive(endpoint, table.TableName);
  }
}

async function untilActive(endpoint: string, TableName: string): Promise<void> {
  for (;;) {
    const { Table } = await tableApi<{ Table: { TableStatus: string } }>(
      endpoint,
      "DescribeTable",
      { TableName },
    );
    if (Table.TableStatus === "ACTIVE") return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
