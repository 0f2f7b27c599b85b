import { writeFileSync } from "node:fs";
import path from "node:path";
import product from "../../services/product/service.ts";

/** Who may create products, as the authorizer would say. */
const caller = {
  principalId: "bench",
  sub: "bench",
  iss: product.environments.dev.jwt?.issuer,
  scope: "products:write",
  exp: "9999999999",
};

/** API Gateway's event for the creation of a product. */
export function createEvent(name: string) {
  const body = {
    name,
    description: "A product that somebody sells, described in a sentence or two.",
    price: "99.99",
    currency: "ZAR",
    period: "monthly",
    features: ["Feature 1", "Feature 2"],
  };
  const sent = event("POST");
  return {
    ...sent,
    requestContext: { ...sent.requestContext, authorizer: caller },
    body: JSON.stringify(body),
  };
}

/** And for a page of them. */
export const listEvent = {
  ...event("GET"),
  queryStringParameters: { limit: "50" },
};

export function eventFile(directory: string, name: string, content: unknown): string {
  const file = path.join(directory, `event-${name}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function event(httpMethod: string) {
  return {
    resource: "/v1.0/products",
    path: "/v1.0/products",
    httpMethod,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      Host: "abc123.execute-api.eu-west-1.amazonaws.com",
      "User-Agent": "bench",
    },
    queryStringParameters: null as Record<string, string> | null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      requestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
      path: "/v1/v1.0/products",
      stage: "v1",
      httpMethod,
      identity: { sourceIp: "127.0.0.1" },
    },
    body: null as string | null,
    isBase64Encoded: false,
  };
}
