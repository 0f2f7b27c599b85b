import { expect } from "vitest";

/** What a caller does first with the service: the examples of its contract, good and bad. */
const product = {
  name: "Test Product",
  description: "Test",
  price: "99.99",
  currency: "ZAR",
  period: "monthly",
  features: [],
};

/**
 * @param url of the products, with the stage in it
 * @param token of somebody who may write
 */
export async function productSession(url: string, token: string): Promise<void> {
  const ask = async (method: string, path = "", body?: unknown, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      // A connection that is kept would be waited for by a server that stops.
      headers: {
        "Content-Type": "application/json",
        ...(method === "GET" ? {} : { Authorization: `Bearer ${token}` }),
        Connection: "close",
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.headers.get("Access-Control-Allow-Origin"), `${method} ${path}`).toBe("*");
    return {
      status: response.status,
      headers: response.headers,
      type: response.headers.get("Content-Type"),
      tag: response.headers.get("ETag"),
      text,
    };
  };

  const empty = await ask("GET");
  expect([empty.status, JSON.parse(empty.text)]).toEqual([200, { products: [], count: 0 }]);

  const created = await ask("POST", "", product);
  expect(created.status, created.text).toBe(201);
  const { productId } = JSON.parse(created.text);
  expect(productId).toMatch(/^PROD-[0-9A-Z]{6}$/);
  expect(created.headers.get("Location")).toContain(`/${productId}`);

  const got = await ask("GET", `/${productId}`);
  expect([got.status, JSON.parse(got.text)]).toMatchObject([200, { ...product, active: "true" }]);
  expect(JSON.parse((await ask("GET")).text).products).toEqual([JSON.parse(got.text)]);

  const changed = await ask("PUT", `/${productId}`, { price: "149.99" });
  expect([changed.status, JSON.parse(changed.text)]).toMatchObject([
    200,
    { ...product, price: "149.99" },
  ]);
  const refused: readonly [status: number, field: string, ...request: Parameters<typeof ask>][] = [
    [412, "If-Match", "PUT", `/${productId}`, { price: "1.00" }, { "If-Match": created.tag }],
    [400, "price", "POST", "", {}],
    [400, "body", "POST", "", "{"],
    [400, "body", "POST"],
    [415, "Content-Type", "POST", "", product, { "Content-Type": "text/plain" }],
    [400, "productId", "GET", "/PROD-1"],
    [404, "productId", "GET", "/PROD-ZZZZZZ"],
    [404, "productId", "PUT", "/PROD-ZZZZZZ", { price: "1.00" }],
    [404, "productId", "DELETE", "/PROD-ZZZZZZ"],
  ];
  for (const [status, field, ...request] of refused) {
    const answer = await ask(...request);
    expect([request, answer.status, answer.type]).toEqual([
      request,
      status,
      "application/problem+json",
    ]);
    const { errors, requestId } = JSON.parse(answer.text);
    expect([request, requestId]).toEqual([request, expect.any(String)]);
    const fields = errors.map((one: { readonly field: string }) => one.field);
    expect([request, fields]).toEqual([request, expect.arrayContaining([field])]);
  }

  expect((await ask("DELETE", `/${productId}`)).status).toBe(204);
  expect((await ask("DELETE", `/${productId}`)).status).toBe(204);
  expect(JSON.parse((await ask("GET")).text).count).toBe(0);

  for (const [path, methods] of [
    ["", "GET,POST,OPTIONS"],
    [`/${productId}`, "GET,PUT,DELETE,OPTIONS"],
  ] as const) {
    const { status, headers } = await ask("OPTIONS", path);
    expect([status, headers.get("Access-Control-Allow-Methods")]).toEqual([200, methods]);
    expect(headers.get("Access-Control-Allow-Headers")).toContain("If-Match");
  }
  // The gateway's own answer: no route, or not with this method.
  expect((await ask("PATCH", `/${productId}`)).status).toBe(403);
}
