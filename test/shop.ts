/** A little shop behind a table endpoint: two tables, and functions that may do different things. */
import { afterAll, beforeAll } from "vitest";
import {
  ensureTable,
  type SupervisedEngine,
  startEngine,
  superviseEngine,
} from "../src/dev/engine/index.ts";
import {
  ownerAccessKeyId,
  startTableEndpoint,
  type TableEndpoint,
  type TableEndpointOptions,
  type TableEvent,
} from "../src/dev/table-endpoint/index.ts";
import { validateManifest } from "../src/manifest/index.ts";
import { planService, type ServicePlan } from "../src/plan/index.ts";

export const account = "123456789012";
export const arn = (resource: string) => `arn:aws:dynamodb:eu-west-1:${account}:${resource}`;
export const ordersArn = arn("table/shop-orders-dev");

const all = [
  "GetItem",
  "BatchGetItem",
  "Query",
  "Scan",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "ConditionCheckItem",
];

/** What each function may do; `tables` of `service.ts`. */
const grants: Record<string, unknown> = {
  everything: {
    orders: [{ allow: all }, { allow: ["Query", "Scan"], index: "ByCustomer" }],
    stock: [{ allow: all }],
  },
  nothing: {},
  orders: {
    orders: [
      { allow: all.filter((action) => action !== "Scan"), partitionKeys: ["ORDER#*"] },
      { allow: ["Query"], index: "ByCustomer", partitionKeys: ["anna"] },
    ],
  },
  reader: { orders: [{ allow: ["GetItem", "BatchGetItem", "Query"] }] },
};

const environment = {
  accountId: account,
  region: "eu-west-1",
  logLevel: "INFO",
  logRetentionDays: 7,
  approval: "none",
};
const production = { ...environment, approval: "confirm-and-reason" };

/** The plan of the shop; `change` is laid over its manifest. */
export function shopPlan(change: Record<string, unknown> = {}): ServicePlan {
  const manifest = {
    name: "shop",
    prefix: "test",
    description: "A shop",
    runtime: "nodejs22.x",
    api: { stage: "v1", cors: { allowOrigins: ["*"] } },
    tables: {
      orders: {
        name: "shop-orders-{environment}",
        partitionKey: "PK",
        sortKey: "SK",
        timeToLiveAttribute: "expiresAt",
        indexes: { ByCustomer: { partitionKey: "customer", sortKey: "SK" } },
      },
      stock: { name: "shop-stock-{environment}", partitionKey: { name: "number", type: "N" } },
    },
    functions: Object.fromEntries(
      Object.entries(grants).map(([key, tables]) => [
        key,
        { description: key, entry: `${key}.ts`, routes: [`GET /${key}`], auth: "none", tables },
      ]),
    ),
    environments: { dev: environment, sit: environment, prod: production },
    ...change,
  };
  const validated = validateManifest(manifest);
  if (!validated.ok) throw new Error(JSON.stringify(validated.problems));
  return planService(validated.manifest, "dev");
}

export interface Shop {
  readonly url: string;
  readonly engine: SupervisedEngine;
  readonly endpoint: TableEndpoint;
  /** What has happened; a test may empty it. */
  readonly events: TableEvent[];
  /** Calls as this function, or as the developer. */
  call(caller: string, operation: string, input: unknown): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into answers of every form.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any;
}

/** A shop of its own for a file or a `describe`, in memory, on the best engine or on this one. */
export function useShop(
  options: Partial<TableEndpointOptions> = {},
  start = () => startEngine({ dataDirectory: undefined }, {}),
): Shop {
  const events: TableEvent[] = [];
  const plan = options.plan?.() ?? shopPlan();
  let engine: SupervisedEngine;
  let endpoint: TableEndpoint;
  beforeAll(async () => {
    engine = await superviseEngine({
      start,
      prepare: (url) => Promise.all(plan.tables.map((table) => ensureTable(url, table))),
      onRestart: () => {},
    });
    for (const table of plan.tables) await ensureTable(engine.endpoint, table);
    endpoint = await startTableEndpoint({
      engine,
      plan: () => plan,
      policy: true,
      onEvent: (event) => events.push(event),
      ...options,
    });
  });
  afterAll(async () => {
    await endpoint.close();
    await engine.stop();
  });
  return {
    events,
    get url() {
      return endpoint.url;
    },
    get engine() {
      return engine;
    },
    get endpoint() {
      return endpoint;
    },
    call: (caller, operation, input) => callAs(endpoint, caller, operation, input),
  };
}

/** One call in DynamoDB's protocol. @param caller `owner`, or a function's key */
export async function callAs(
  { url, callers }: TableEndpoint,
  caller: string,
  operation: string,
  input: unknown,
): Promise<Answer> {
  const key = caller === "owner" ? ownerAccessKeyId : callers.credentialsOf(caller).accessKeyId;
  return post(url, JSON.stringify(input), {
    "X-Amz-Target": `DynamoDB_20120810.${operation}`,
    Authorization: authorization(key),
  });
}

export function authorization(accessKeyId: string): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;
}

export async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/x-amz-json-1.0", ...headers },
    body,
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}
