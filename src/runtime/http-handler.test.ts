import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openRoutes } from "../../test/open-routes.ts";
import { codeCacheRejected } from "../names.ts";
import { type ApiCall, apiEvent, callHandler, lambdaContext } from "../testing/index.ts";
import {
  type ApiRequest,
  type ApiResponse,
  created,
  type HandlerOptions,
  HttpError,
  httpHandler,
  noContent,
  ok,
} from "./index.ts";

beforeEach(() => {
  vi.stubEnv("ROUTE_AUTH", openRoutes);
});

/** What handlers have written, for the tests that read it; the others are not disturbed by it. */
let output: string;
beforeEach(() => {
  output = "";
  vi.stubEnv("LOG_LEVEL", undefined);
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function lines(): Record<string, unknown>[] {
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

type Respond = (request: ApiRequest) => ApiResponse | Promise<ApiResponse>;

/** What a handler answers that does what `respond` does. */
function answerOf(respond: Respond, call: Partial<ApiCall> = {}, options: HandlerOptions = {}) {
  const handler = httpHandler(async (request) => respond(request), options);
  return callHandler(handler, { route: "GET /things/{thingId}", ...call });
}

function thrown(error: unknown, options: HandlerOptions = {}) {
  return answerOf(
    () => {
      throw error;
    },
    {},
    options,
  );
}

describe("an answer", () => {
  it("has the status, the headers and, as JSON, the body that was returned", async () => {
    const answer = await answerOf(() => ({
      status: 203,
      headers: { "X-Thing": "yes" },
      body: { name: "Žluťoučký", price: undefined, list: [1] },
    }));
    expect(answer).toMatchObject({
      status: 203,
      headers: { "x-thing": "yes", "content-type": "application/json" },
      body: { name: "Žluťoučký", list: [1] },
    });
    expect(answer.body).not.toHaveProperty("price");
  });

  it("has a content type of its own where one was returned", async () => {
    const answer = await answerOf(() => ok({}, { "Content-Type": "application/vnd.api+json" }));
    expect(answer.headers["content-type"]).toBe("application/vnd.api+json");
  });

  it("has neither body nor content type where there is no content", async () => {
    const answer = await answerOf(noContent);
    expect(answer).toMatchObject({ status: 204, body: undefined });
    expect(answer.headers).not.toHaveProperty("content-type");
  });

  it("is empty text to API Gateway where there is no body, and never null", async () => {
    const handler = httpHandler(async () => noContent());
    expect(await handler(apiEvent({ route: "GET /" }), lambdaContext())).toMatchObject({
      body: "",
    });
  });

  it("may have the body null, which is JSON too", async () => {
    expect(await answerOf(() => ok(null))).toMatchObject({ status: 200, body: null });
  });

  it("to what was created says where it is", async () => {
    const answer = await answerOf(() => created({ id: 1 }, { location: "/things/1", ETag: '"1"' }));
    expect(answer).toMatchObject({
      status: 201,
      headers: { location: "/things/1", etag: '"1"' },
      body: { id: 1 },
    });
  });

  it("carries the caller's correlation id, on failures too", async () => {
    const headers = { "x-correlation-id": "order-42" };
    const good = await answerOf(noContent, { headers });
    const bad = await answerOf(
      () => {
        throw new Error("boom");
      },
      { headers },
    );
    expect(good.headers["x-correlation-id"]).toBe("order-42");
    expect(bad.headers["x-correlation-id"]).toBe("order-42");
  });
});

describe("an HttpError", () => {
  it("becomes a problem as RFC 9457 describes it", async () => {
    const errors = [{ field: "price", message: "has to be positive" }];
    const answer = await thrown(new HttpError(400, "The request is not valid.", { errors }));
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body).toEqual({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: "The request is not valid.",
      errors,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  it("has an empty list of errors where it names no field", async () => {
    expect((await thrown(new HttpError(404, "There is none."))).body.errors).toEqual([]);
  });

  it.each([
    [400, "Bad Request"],
    [401, "Unauthorized"],
    [403, "Forbidden"],
    [404, "Not Found"],
    [409, "Conflict"],
    [412, "Precondition Failed"],
    [413, "Content Too Large"],
    [415, "Unsupported Media Type"],
    [422, "Unprocessable Content"],
    [429, "Too Many Requests"],
    [500, "Internal Server Error"],
    [503, "Service Unavailable"],
  ])("of status %i has the title that HTTP gives it: %s", async (status, title) => {
    expect(await thrown(new HttpError(status, "No."))).toMatchObject({
      status,
      body: { status, title },
    });
  });

  it("of a status that has no title here is an error still", async () => {
    expect(await thrown(new HttpError(418, "No coffee."))).toMatchObject({
      status: 418,
      body: { title: "Error", detail: "No coffee." },
    });
  });

  it("brings its own headers along, and remains a problem", async () => {
    const headers = { "Retry-After": "30", "Content-Type": "text/html" };
    expect(await thrown(new HttpError(503, "Later.", { headers }))).toMatchObject({
      headers: { "retry-after": "30", "content-type": "application/problem+json" },
    });
  });

  it("keeps its cause from the caller, and gives it to the log", async () => {
    const cause = new Error("password=hunter2");
    const answer = await thrown(new HttpError(400, "No.", { cause }));
    expect(JSON.stringify(answer)).not.toContain("hunter2");
    expect(lines()).toMatchObject([{ error: { message: "password=hunter2" } }]);
  });

  it("is an Error with a name, a message and a cause", () => {
    const cause = new Error("why");
    const error = new HttpError(409, "Taken.", { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "HttpError", message: "Taken.", status: 409, cause });
    expect(new HttpError(409, "Taken.")).not.toHaveProperty("cause");
  });
});

describe("a service's own error", () => {
  class TakenError extends Error {}
  const toHttpError = (error: unknown) =>
    error instanceof TakenError ? new HttpError(409, "Taken.", { cause: error }) : undefined;

  it("becomes the answer that toHttpError makes of it", async () => {
    expect(await thrown(new TakenError("PROD-1"), { toHttpError })).toMatchObject({
      status: 409,
      body: { detail: "Taken." },
    });
  });

  it("becomes a 500 where toHttpError does not know it", async () => {
    expect(await thrown(new TypeError("x"), { toHttpError })).toMatchObject({ status: 500 });
  });

  it("does not get to toHttpError where it is an HttpError already", async () => {
    const answer = await thrown(new HttpError(404, "None."), {
      toHttpError: () => new HttpError(500, "asked"),
    });
    expect(answer.status).toBe(404);
  });
});

describe("an error that nobody foresaw", () => {
  it.each([
    ["an Error", new Error("connect to db-7.internal as admin")],
    ["a text", "connect to db-7.internal as admin"],
    ["an object", { message: "connect to db-7.internal as admin" }],
  ])("answers 500 with the request id and nothing of its own: %s", async (_, error) => {
    const handler = httpHandler(async () => {
      throw error;
    });
    const context = lambdaContext();
    const answer = await handler(apiEvent({ route: "GET /things" }), context);
    expect(answer.statusCode).toBe(500);
    expect(JSON.parse(answer.body)).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      detail: "Something went wrong. Quote the request id when you report it.",
      errors: [],
      requestId: context.awsRequestId,
    });
    expect(JSON.stringify(answer)).not.toMatch(/db-7|admin|\.test\.ts/);
  });

  it("answers 500 where nothing at all was thrown", async () => {
    expect(await thrown(undefined)).toMatchObject({ status: 500 });
  });

  it("stands in the log with its message, its stack and its cause, at the level ERROR", async () => {
    await thrown(new Error("no answer", { cause: new Error("connection refused") }));
    expect(lines()).toMatchObject([
      {
        level: "ERROR",
        http_status: 500,
        error: {
          name: "Error",
          message: "no answer",
          stack: expect.stringContaining("http-handler.test.ts"),
          cause: { message: "connection refused" },
        },
      },
    ]);
  });

  it("is caught where it is thrown before anything is awaited, too", async () => {
    const handler = httpHandler(() => {
      throw new Error("at once");
    });
    expect(await callHandler(handler, { route: "GET /" })).toMatchObject({ status: 500 });
  });

  it("answers 500 where the body that was returned cannot become JSON", async () => {
    expect(await answerOf(() => ok({ count: 1n }))).toMatchObject({ status: 500 });
  });

  it("answers 500 where toHttpError itself fails", async () => {
    const toHttpError = () => {
      throw new Error("a mistake in toHttpError");
    };
    expect(await thrown(new Error("boom"), { toHttpError })).toMatchObject({ status: 500 });
  });

  it("answers 500 where it contains itself, and cannot become a log line as it is", async () => {
    const error: Error & { cause?: unknown } = new Error("boom");
    error.cause = error;
    expect(await thrown(error)).toMatchObject({ status: 500 });
  });
});

describe("the log line of a request", () => {
  it("is one, at its end, and says what was asked, what came of it and how long it took", async () => {
    await answerOf(noContent, { route: "DELETE /things/{thingId}" });
    expect(lines()).toEqual([
      expect.objectContaining({
        level: "INFO",
        message: "request completed",
        http_method: "DELETE",
        http_route: "/things/{thingId}",
        http_status: 204,
        duration_ms: expect.any(Number),
      }),
    ]);
    expect(lines()[0]).not.toHaveProperty("error");
    expect(lines()[0]).not.toHaveProperty("errors");
  });

  it.each([
    [400, "INFO"],
    [499, "INFO"],
    [500, "ERROR"],
    [503, "ERROR"],
  ])("of the status %i has the level %s", async (status, level) => {
    await thrown(new HttpError(status, "No."));
    expect(lines()).toMatchObject([{ level, http_status: status }]);
  });

  it("names the fields that were wrong", async () => {
    const errors = [{ field: "price", message: "is required" }];
    await thrown(new HttpError(400, "No.", { errors }));
    expect(lines()).toMatchObject([{ errors }]);
  });

  it("never contains the body, the query or a header of a request that succeeds", async () => {
    await answerOf(({ json }) => ok(json()), {
      route: "POST /things",
      query: { q: "secret-in-query" },
      headers: { Authorization: "secret-in-header" },
      body: { password: "secret-in-body" },
    });
    expect(lines()).toHaveLength(1);
    expect(output).not.toContain("secret");
  });

  it("never contains the body of a request that fails", async () => {
    await answerOf(
      ({ json }) => {
        json();
        throw new Error("boom");
      },
      { route: "POST /things", body: { password: "secret-in-body" } },
    );
    expect(lines()).toHaveLength(1);
    expect(output).not.toContain("secret");
  });

  it("says at a cold start, and only then, that the packages had to be compiled", async () => {
    Object.assign(globalThis, { [Symbol.for(codeCacheRejected)]: true });
    await answerOf(() => noContent());
    await answerOf(() => noContent());
    const [cold, warm] = lines();
    expect(cold).toMatchObject({ message: "request completed", code_cache_rejected: true });
    expect(warm).not.toHaveProperty("code_cache_rejected");
  });

  it("comes after the lines that the handler writes, with the same ids", async () => {
    await answerOf(({ log }) => {
      log.info("half way");
      return noContent();
    });
    const [first, last] = lines();
    expect([first?.message, last?.message]).toEqual(["half way", "request completed"]);
    expect(first?.function_request_id).toBe(last?.function_request_id);
    expect(first?.correlation_id).toBe(last?.correlation_id);
  });
});
