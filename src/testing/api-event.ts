import type { APIGatewayProxyEvent } from "aws-lambda";
import { proxyEvent } from "../dev/index.ts";
import { callerContext, type TestCaller } from "./caller.ts";

/** A request, as a test states it. */
export interface ApiCall {
  /** Method and path template, such as `GET /v1.0/products/{productId}`. */
  readonly route: string;
  /** Percent-encoded where the path is. */
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, and anything else as JSON with its content type. */
  readonly body?: unknown;
  /** Who sends it, as the authorizer would say; null is nobody. @default one who may call the route */
  readonly caller?: TestCaller | null;
}

/** The event that API Gateway makes of a request. */
export function apiEvent(call: ApiCall): APIGatewayProxyEvent {
  const { route, pathParameters = {}, query = {}, headers = {}, body, caller } = call;
  const [method = "GET", resource = "/"] = route.split(" ");
  const path = resource.replace(/\{(\w+)\+?\}/g, (_, name) => pathParameters[name] ?? "");
  const isJson = body !== undefined && typeof body !== "string";
  const all = { ...(isJson ? { "Content-Type": "application/json" } : {}), ...headers };
  const event = proxyEvent(
    {
      method,
      path,
      query: new URLSearchParams(query).toString(),
      rawHeaders: Object.entries(all).flat(),
      body: isJson ? JSON.stringify(body) : typeof body === "string" ? body : null,
      sourceIp: "127.0.0.1",
    },
    { resource, path, pathParameters },
    { accountId: "123456789012", region: "eu-west-1", stage: "v1" },
  );
  const { authorizer, userArn } = callerContext(route, caller);
  const { requestContext } = event;
  const identity = { ...requestContext.identity, userArn };
  return { ...event, requestContext: { ...requestContext, authorizer, identity } };
}
