import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import service from "../../services/product/service.ts";
import { type Console, createConsole } from "../../src/dev/console/create-console.ts";
import type { EnvironmentState } from "../../src/dev/console/function-figures.ts";
import { createTable, deleteTable, tableApi } from "../../src/dev/engine/index.ts";
import { findMount } from "../../src/dev/gateway/mount.ts";
import type { InvocationReport } from "../../src/dev/host/invocation.ts";
import { openApiDocument } from "../../src/openapi/index.ts";
import type { ServicePlan } from "../../src/plan/index.ts";
import { testPlan } from "../../src/testing/test-plan.ts";

/** A request as the API behind the console got it. */
export interface Got {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Served {
  readonly url: string;
  readonly console: Console;
  /** Requests to the API, in the order in which they came. */
  readonly got: Got[];
  /** What the API answers; it may be replaced. */
  answer: (got: Got, response: ServerResponse) => void;
  environments: EnvironmentState[];
  tableEndpoint: string;
  engine: string;
  /** Epoch milliseconds of what happens now, to its figures. */
  now: () => number;
  stop(): Promise<void>;
}

const endpoint = process.env.DYNAMODB_ENDPOINT ?? "";

/** The Product service's plan, with a table of this name. */
export function productPlan(tableName: string): ServicePlan {
  return JSON.parse(JSON.stringify(testPlan(service)).replaceAll("products-dev", tableName));
}

/** The console, in front of an API of the test's own. */
export async function serveConsole(plan: ServicePlan, port = 0): Promise<Served> {
  const got: Got[] = [];
  const served: Omit<Served, "url" | "stop"> = {
    got,
    answer: (_, response) => response.end(),
    environments: [],
    tableEndpoint: endpoint,
    engine: "dynoxide",
    now: Date.now,
    console: createConsole({
      plan: () => plan,
      openApi: () => openApiDocument(plan),
      environments: () => served.environments,
      tableEndpoint: () => served.tableEndpoint,
      engine: () => served.engine,
      token: async (scopes) => `token-for-${scopes.join("+") || "nothing"}`,
      tokenCommand: () => "lambdakit token",
      now: () => served.now(),
      notEmulated: () => ["deleting items by their time to live", "authorizers and API keys"],
    }),
  };
  const server = createServer((request, response) => {
    const mount = findMount(
      [served.console.mount],
      new URL(request.url ?? "", "http://x").pathname,
    );
    if (mount !== undefined) return void mount.handle(request, response);
    void text(request).then((body) => {
      const { method = "", url = "", headers } = request;
      const one = { method, url, headers, body };
      got.push(one);
      served.answer(one, response);
    });
  });
  await listening(server, port);
  return Object.assign(served, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      served.console.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  });
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

/** Makes the plan's tables. @returns deletes them */
export async function withTables(plan: ServicePlan): Promise<() => Promise<void>> {
  for (const table of plan.tables) await createTable(endpoint, table);
  return async () => {
    for (const { name } of plan.tables) await deleteTable(endpoint, name);
  };
}

export type TypedItem = Record<string, Record<string, unknown>>;

export async function putItem({ tables }: ServicePlan, item: TypedItem): Promise<void> {
  await tableApi(endpoint, "PutItem", { TableName: tables[0]?.name, Item: item });
}

export async function getItem({ tables }: ServicePlan, key: TypedItem) {
  const input = { TableName: tables[0]?.name, Key: key, ConsistentRead: true };
  return (await tableApi<{ Item?: TypedItem }>(endpoint, "GetItem", input)).Item;
}

export interface Happened {
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly function?: string;
  readonly ok?: boolean;
  readonly initMilliseconds?: number;
  readonly milliseconds?: number;
  readonly lines?: readonly string[];
}

let invocations = 0;

/** A request that a function answered, as the gateway and the host tell of it. @returns Lambda's request id */
export function happen({ onEvent }: Pick<Console, "onEvent">, happened: Happened = {}): string {
  const { method = "GET", path = "/v1.0/products", status = 200, ok = true } = happened;
  const { function: key = "list", initMilliseconds, milliseconds = 12.3 } = happened;
  invocations += 1;
  const requestId = `00000000-0000-4000-8000-${String(invocations).padStart(12, "0")}`;
  const init = initMilliseconds === undefined ? {} : { initMilliseconds };
  const lines = happened.lines ?? [
    `START RequestId: ${requestId} Version: $LATEST`,
    `END RequestId: ${requestId}`,
  ];
  const report: InvocationReport = {
    requestId,
    environment: "2026/11/22/[$LATEST]58419525dade4d17a495dceeeed44708",
    durationMilliseconds: milliseconds - 1,
    billedMilliseconds: Math.ceil(milliseconds),
    memoryMb: 256,
    maxMemoryUsedMb: 81,
    ...init,
    log: { lines, characters: lines.join("").length },
  };
  onEvent({ type: "invoked", function: key, ok, report });
  onEvent({
    type: "request",
    access: {
      method,
      path,
      status,
      milliseconds,
      function: key,
      requestId: `api-${invocations}`,
      lambdaRequestId: requestId,
      ...init,
    },
  });
  return requestId;
}

/** A log line as the toolkit's runtime writes it. */
export function logLine(fields: Readonly<Record<string, unknown>>): string {
  const common = { level: "INFO", timestamp: "2026-11-22T10:20:30.123Z", service: "product" };
  return JSON.stringify({ ...common, cold_start: false, ...fields });
}
