import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEvent } from "aws-lambda";

/** A request as API Gateway receives it. */
export interface IncomingRequest {
  readonly method: string;
  /** Without the query, still percent-encoded, with the stage where the caller wrote it. */
  readonly path: string;
  /** Without the `?`. */
  readonly query: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string | null;
  readonly sourceIp: string;
}

/** The deployed API that an event claims to come from. */
export interface ApiIdentity {
  readonly accountId: string;
  readonly region: string;
  readonly stage: string;
}

export interface Target {
  /** The path template. */
  readonly resource: string;
  /** The path without the stage. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The event that a Lambda function gets from a REST API's proxy integration.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(
  request: IncomingRequest,
  target: Target,
  api: ApiIdentity,
): APIGatewayProxyEvent {
  const headers = headerValues(request);
  const query = queryValues(request.query);
  const requestId = randomUUID();
  const now = new Date();
  return {
    resource: target.resource,
    path: target.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: query.size === 0 ? null : lastValues(query),
    multiValueQueryStringParameters: query.size === 0 ? null : Object.fromEntries(query),
    pathParameters: Object.keys(target.pathParameters).length === 0 ? null : target.pathParameters,
    stageVariables: null,
    requestContext: {
      accountId: api.accountId,
      apiId: "local",
      authorizer: undefined,
      ...deployment,
      domainName: `local.execute-api.${api.region}.amazonaws.com`,
      domainPrefix: "local",
      extendedRequestId: requestId,
      httpMethod: request.method,
      identity: {
        accessKey: null,
        accountId: null,
        caller: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: request.sourceIp,
        user: null,
        userAgent: headers.get("User-Agent")?.at(-1) ?? null,
        userArn: null,
        // The types ask for keys that are there only where the API uses keys or certificates.
      } as APIGatewayProxyEvent["requestContext"]["identity"],
      path: request.path,
      protocol: "HTTP/1.1",
      requestId,
      requestTime: commonLogTime(now),
      requestTimeEpoch: now.getTime(),
      resourceId: target.resource,
      resourcePath: target.resource,
      stage: api.stage,
    },
    body: request.body,
    isBase64Encoded: false,
  };
}

/** AWS sends it, and the types do not know it. */
const deployment = { deploymentId: "local" };

/** Headers that API Gateway keeps to itself. */
const removed = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "transfer-encoding",
  "trailer",
  "upgrade",
  "www-authenticate",
]);

/** Names keep the caller's case, but for those that API Gateway itself reads or writes. */
const canonical = new Map([
  ["authorization", "Authorization"],
  ["user-agent", "User-Agent"],
  ["x-forwarded-for", "X-Forwarded-For"],
  ["x-forwarded-port", "X-Forwarded-Port"],
  ["x-forwarded-proto", "X-Forwarded-Proto"],
  ["x-amzn-trace-id", "X-Amzn-Trace-Id"],
]);

function headerValues({ rawHeaders, sourceIp }: IncomingRequest): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const names = new Map<string, string>();
  for (let position = 0; position + 1 < rawHeaders.length; position += 2) {
    const [written = "", value = ""] = rawHeaders.slice(position, position + 2);
    const key = written.toLowerCase();
    if (removed.has(key)) continue;
    // One header written in two ways is one header.
    const name = names.get(key) ?? canonical.get(key) ?? written;
    names.set(key, name);
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  // Whoever forwarded it is kept, and the caller's own address comes last.
  const forwarded = [...(values.get("X-Forwarded-For") ?? []), sourceIp].join(", ");
  values.set("X-Forwarded-For", [forwarded]);
  values.set("X-Forwarded-Port", ["443"]);
  values.set("X-Forwarded-Proto", ["https"]);
  values.set("X-Amzn-Trace-Id", [traceId()]);
  return values;
}

function queryValues(query: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

function lastValues(values: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries([...values].map(([name, all]) => [name, all.at(-1) ?? ""]));
}

/** `Root=1-5759e988-bd862e3fe1be46a994272793`: the time in seconds, and 96 random bits. */
function traceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomUUID().replaceAll("-", "").slice(0, 24)}`;
}

/** `22/Nov/2026:18:24:01 +0000` */
function commonLogTime(date: Date): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
