import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import { buffer, text } from "node:stream/consumers";
import type { APIGatewayProxyEvent } from "aws-lambda";
import {
  type Access,
  createGateway,
  type GatewayOptions,
  type GatewayTarget,
} from "../src/dev/gateway/gateway.ts";
import { listen } from "../src/dev/gateway/listen.ts";
import { createRouter } from "../src/dev/gateway/router.ts";
import type {
  InvocationReport,
  InvocationRequest,
  InvocationResult,
} from "../src/dev/host/invocation.ts";
import { authorizerKey } from "../src/names.ts";
import type { ApiPlan, RoutePlan } from "../src/plan/index.ts";

/** What an invocation cost, where a test does not care. */
export const report: InvocationReport = {
  requestId: "0c5bd4a3-5f0e-4c0f-9d3a-000000000001",
  environment: "2026/11/22/[$LATEST]0123456789abcdef0123456789abcdef",
  durationMilliseconds: 1.5,
  billedMilliseconds: 2,
  memoryMb: 256,
  maxMemoryUsedMb: 80,
  log: { lines: [], characters: 0 },
};

/** The functions of a test's API, each by its key, and a route of it. */
export type Routes = readonly (readonly [key: string, route: string])[];

export const routes: Routes = [
  ["list", "GET /items"],
  ["create", "POST /items"],
  ["get", "GET /items/{itemId}"],
  ["head", "HEAD /items"],
  ["files", "GET /files/{proxy+}"],
  ["staged", "GET /v1/inside"],
];

export function apiPlan(named: Routes = routes, over: Partial<ApiPlan> = {}): ApiPlan {
  return {
    name: "api",
    stage: "v1",
    binaryMediaTypes: [],
    routes: named.map(([key, route]): RoutePlan => {
      const [method, path = ""] = route.split(" ");
      return {
        method: method as RoutePlan["method"],
        path,
        function: key,
        auth: { type: "none" },
        throttling: null,
        example: { pathParameters: {}, query: {}, body: null },
        from: `functions.${key}.routes[0]`,
      } as RoutePlan;
    }),
    preflights: [
      { path: "/items", allowMethods: ["GET", "POST", "HEAD", "OPTIONS"] },
      { path: "/items/{itemId}", allowMethods: ["GET", "OPTIONS"] },
    ],
    cors: {
      allowOrigins: ["*"],
      allowHeaders: ["Content-Type", "If-Match"],
      exposeHeaders: ["ETag"],
      maxAgeSeconds: 600,
    },
    throttling: { requestsPerSecond: 500, burst: 1000 },
    authorizer: null,
    logGroup: { name: "/aws/apigateway/api", retentionDays: 7 },
    from: "api",
    ...over,
  };
}

export interface Asked {
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

export interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: string[];
  readonly bytes: Buffer;
  readonly body: string;
}

/** A gateway in front of a function that does as it is told. */
export class LocalGateway {
  readonly invocations: {
    readonly function: string;
    readonly request: InvocationRequest;
    readonly event: APIGatewayProxyEvent;
  }[] = [];
  readonly accesses: Access[] = [];
  /** What the authorizer was asked. */
  readonly authorizations: unknown[] = [];
  /** What an invocation comes to. */
  result: InvocationResult | Promise<InvocationResult> = { ok: true, payload: "null", report };
  target: GatewayTarget = this.targetOf(apiPlan());
  readonly port: number;
  readonly close: () => Promise<void>;
  /** What the authorizer comes to, where a route has one. */
  authorization: InvocationResult | Promise<InvocationResult> = this.result;

  private constructor(port: number, close: () => Promise<void>) {
    this.port = port;
    this.close = close;
    this.returns({ statusCode: 200, body: "ok" });
  }

  static async start(options: GatewayOptions = {}): Promise<LocalGateway> {
    let gateway: LocalGateway | undefined;
    const server = createGateway(
      () => (gateway as LocalGateway).target,
      (access) => void gateway?.accesses.push(access),
      options,
    );
    const { port, close } = await listen(server, 0);
    gateway = new LocalGateway(port, close);
    return gateway;
  }

  targetOf(api: ApiPlan): GatewayTarget {
    return {
      api,
      router: createRouter(api),
      identity: { accountId: "123456789012", region: "eu-west-1", stage: api.stage },
      invoke: async (functionKey, request) => {
        if (functionKey === authorizerKey) {
          this.authorizations.push(JSON.parse(request.payload));
          return this.authorization;
        }
        this.invocations.push({
          function: functionKey,
          request,
          event: JSON.parse(request.payload),
        });
        return this.result;
      },
    };
  }

  serves(named: Routes, over: Partial<ApiPlan> = {}): void {
    this.target = this.targetOf(apiPlan(named, over));
  }

  returns(value: unknown, about: Partial<InvocationReport> = {}): void {
    const payload = JSON.stringify(value);
    this.result = { ok: true, payload, report: { ...report, ...about } };
  }

  fails(): void {
    const error = { errorType: "Error", errorMessage: "secret of the function" };
    this.result = { ok: false, reason: "function", error, report };
  }

  refuses(reason: "throttled" | "not-found" | "stopping"): void {
    const error = { errorType: "Refused", errorMessage: "secret of the host" };
    this.result = { ok: false, reason, error };
  }

  get lastEvent(): APIGatewayProxyEvent | undefined {
    return this.invocations.at(-1)?.event;
  }

  /** Sends a request as it is: `fetch` would correct the path and refuse some headers. */
  async ask(asked: string, { headers = {}, body }: Asked = {}): Promise<Answered> {
    const [method, path = ""] = asked.split(" ");
    const call = request({
      host: "127.0.0.1",
      port: this.port,
      method,
      path,
      headers: { ...headers, ...(body && { "Content-Length": String(Buffer.byteLength(body)) }) },
      agent: false,
    });
    call.end(body);
    const [response] = (await once(call, "response")) as [IncomingMessage];
    const bytes = await buffer(response);
    return {
      status: response.statusCode,
      headers: response.headers,
      rawHeaders: response.rawHeaders,
      bytes,
      body: bytes.toString("utf8"),
    };
  }

  /** A connection, for what no HTTP client would send. */
  async open(): Promise<Socket> {
    const socket = connect(this.port, "127.0.0.1");
    await once(socket, "connect");
    return socket;
  }

  /** Sends bytes as they are, and gives all that comes back until the connection is closed. */
  async send(bytes: string | Buffer): Promise<string> {
    const socket = await this.open();
    socket.write(bytes);
    return text(socket);
  }
}
