import { describe, expect, it } from "vitest";
import { callHandler, type Handler } from "./index.ts";

/** Answers with what it was given. */
const echo: Handler = async (event, context) => ({
  statusCode: 200,
  headers: { "Content-Type": "application/json", ETag: '"1"' },
  body: JSON.stringify({
    method: event.httpMethod,
    path: event.path,
    body: event.body,
    function: context.functionName,
  }),
});

describe("a handler that is called by a test", () => {
  it("gets the event and a context, and its answer is read", async () => {
    const call = { route: "PUT /things/{id}", pathParameters: { id: "1" }, body: { a: 1 } };
    expect(await callHandler(echo, call)).toEqual({
      status: 200,
      headers: { "content-type": "application/json", etag: '"1"' },
      body: { method: "PUT", path: "/things/1", body: '{"a":1}', function: "test-function" },
    });
  });

  it("may answer without headers and without a body", async () => {
    const handler: Handler = async () => ({ statusCode: 204, body: "" });
    expect(await callHandler(handler, { route: "GET /" })).toEqual({
      status: 204,
      headers: {},
      body: undefined,
    });
  });

  it("may have headers that are numbers or booleans, as API Gateway allows", async () => {
    const headers = { "X-Count": 7, "X-Last": true };
    const handler: Handler = async () => ({ statusCode: 200, headers, body: "null" });
    expect(await callHandler(handler, { route: "GET /" })).toEqual({
      status: 200,
      headers: { "x-count": "7", "x-last": "true" },
      body: null,
    });
  });

  it("fails the test where it fails", async () => {
    const handler: Handler = async () => {
      throw new TypeError("a mistake");
    };
    await expect(callHandler(handler, { route: "GET /" })).rejects.toThrow("a mistake");
  });
});
