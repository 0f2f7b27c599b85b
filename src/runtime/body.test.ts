import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openRoutes } from "../../test/open-routes.ts";
import { apiEvent, lambdaContext } from "../testing/index.ts";
import { httpHandler, ok } from "./index.ts";

beforeEach(() => {
  vi.stubEnv("ROUTE_AUTH", openRoutes);
});

// The handlers' own log lines of refused requests are not what is tested here.
beforeEach(() => {
  vi.stubEnv("LOG_LEVEL", "ERROR");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

interface Sent {
  readonly contentType?: string | undefined;
  readonly base64?: boolean;
  readonly maxBodyBytes?: number;
}

/** Sends a body as it is to a handler that gives back what it has read. */
async function send(
  body: string | null,
  { contentType = "application/json", base64 = false, maxBodyBytes = 200_000 }: Sent = {},
) {
  const handler = httpHandler(async (request) => ok({ read: request.json() }), { maxBodyBytes });
  const headers = contentType === "" ? {} : { "Content-Type": contentType };
  const event = apiEvent({ route: "POST /things", headers });
  const answer = await handler({ ...event, body, isBase64Encoded: base64 }, lambdaContext());
  return { status: answer.statusCode, text: answer.body, body: JSON.parse(answer.body) };
}

function base64(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString("base64");
}

describe("a body", () => {
  it("is read from JSON", async () => {
    expect(await send('{"name":"Site","features":["a",1,null,true]}')).toMatchObject({
      status: 200,
      body: { read: { name: "Site", features: ["a", 1, null, true] } },
    });
  });

  it.each(["0", "false", "null", '""', "[]"])("may be the JSON value %s", async (text) => {
    expect(await send(text)).toMatchObject({ status: 200, body: { read: JSON.parse(text) } });
  });

  it.each([
    ["is missing", null],
    ["is empty", ""],
  ])("answers 400 where it %s", async (_, text) => {
    expect(await send(text)).toMatchObject({
      status: 400,
      body: { errors: [{ field: "body", message: "is required" }] },
    });
  });

  it("answers 400 where it is missing, before it looks at the content type", async () => {
    expect(await send(null, { contentType: "" })).toMatchObject({ status: 400 });
  });

  it.each(["{", '{"a":}', '{"a":1,}', "{'a':1}", "undefined", "NaN", '{"a":1} x', " "])(
    "answers 400 where it is not JSON: %s",
    async (text) => {
      expect(await send(text)).toMatchObject({
        status: 400,
        body: { errors: [{ field: "body", message: "is not valid JSON" }] },
      });
    },
  );

  it("does not show the caller what the parser says, which quotes the body", async () => {
    const { status, text } = await send('{"password": hunter2}');
    expect(status).toBe(400);
    expect(text).not.toContain("hunter2");
    expect(text).not.toMatch(/unexpected token|position|SyntaxError/i);
  });
});

describe("a base64 body", () => {
  it("is decoded", async () => {
    const sent = base64('{"name":"Žluťoučký kůň 🐎"}');
    expect(await send(sent, { base64: true })).toMatchObject({
      status: 200,
      body: { read: { name: "Žluťoučký kůň 🐎" } },
    });
  });

  it("answers 400 where its bytes are not UTF-8", async () => {
    const sent = base64(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d));
    expect(await send(sent, { base64: true })).toMatchObject({
      status: 400,
      body: { errors: [{ field: "body", message: "is not valid UTF-8" }] },
    });
  });

  it("is measured after it is decoded", async () => {
    const sent = base64('"1234"');
    expect(sent.length).toBeGreaterThan(6);
    expect(await send(sent, { base64: true, maxBodyBytes: 6 })).toMatchObject({ status: 200 });
    expect(await send(sent, { base64: true, maxBodyBytes: 5 })).toMatchObject({ status: 413 });
  });
});

describe("the largest body", () => {
  it("is accepted, and one byte more answers 413", async () => {
    expect(await send('"1234"', { maxBodyBytes: 6 })).toMatchObject({ status: 200 });
    expect(await send('"12345"', { maxBodyBytes: 6 })).toMatchObject({
      status: 413,
      body: {
        title: "Content Too Large",
        errors: [{ field: "body", message: "is 7 bytes; at most 6 are allowed" }],
      },
    });
  });

  it("is counted in bytes, and not in characters", async () => {
    expect('"ééé"').toHaveLength(5);
    expect(await send('"ééé"', { maxBodyBytes: 8 })).toMatchObject({ status: 200 });
    expect(await send('"ééé"', { maxBodyBytes: 7 })).toMatchObject({ status: 413 });
  });

  it("is 256 KiB where the handler does not say", async () => {
    const handler = httpHandler(async (request) => ok(typeof request.json()));
    const status = async (bytes: number) => {
      const body = `"${"a".repeat(bytes - 2)}"`;
      const headers = { "Content-Type": "application/json" };
      const event = apiEvent({ route: "POST /things", headers, body });
      return (await handler(event, lambdaContext())).statusCode;
    };
    expect(await status(256 * 1024)).toBe(200);
    expect(await status(256 * 1024 + 1)).toBe(413);
  });
});

describe("the content type", () => {
  it.each([
    "application/json",
    "application/json; charset=utf-8",
    'Application/JSON;Charset="UTF-8"',
    "application/json ; version=1",
    "application/merge-patch+json",
    "application/vnd.api+json; charset=utf-8",
  ])("may be %s", async (contentType) => {
    expect(await send("{}", { contentType })).toMatchObject({ status: 200 });
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "text/json",
    "application/jsonp",
    "application/json, text/plain",
    "application/json; charset=latin1",
    "application/json; version=1; charset=utf-16",
    "json",
    ";",
  ])("answers 415 where it is %s", async (contentType) => {
    expect(await send("{}", { contentType })).toMatchObject({
      status: 415,
      body: { errors: [{ field: "Content-Type", message: "has to be application/json" }] },
    });
  });

  it.each(["application/json; charset = latin1", "application/json; charset=utf-80"])(
    "answers 415 where its charset is not quite UTF-8: %s",
    async (contentType) => {
      expect(await send("{}", { contentType })).toMatchObject({ status: 415 });
    },
  );

  it("answers 415 where there is none", async () => {
    expect(await send("{}", { contentType: "" })).toMatchObject({ status: 415 });
  });
});

describe("the keys of a body", () => {
  const twice = (field: string) => ({ field, message: "stands twice in one object" });

  it("answer 400 where one stands twice in one object", async () => {
    expect(await send('{"price":"1","name":"a","price":"100"}')).toMatchObject({
      status: 400,
      body: { errors: [twice("price")] },
    });
  });

  it("answer 400 where one stands twice in another spelling", async () => {
    expect(await send('{"price":"1","pr\\u0069ce":"100"}')).toMatchObject({
      status: 400,
      body: { errors: [twice("price")] },
    });
  });

  it("answer 400 where one stands twice far below", async () => {
    expect(await send('{"a":[{},{"b":{"c":1,"c":2}}]}')).toMatchObject({
      status: 400,
      body: { errors: [twice("c")] },
    });
  });

  it("name each key once that stands there more than once", async () => {
    expect(await send('{"a":1,"a":2,"a":3,"b":1,"b":2}')).toMatchObject({
      status: 400,
      body: { errors: [twice("a"), twice("b")] },
    });
  });

  it("may stand in two objects", async () => {
    expect(await send('[{"a":1},{"a":2,"b":{"a":{"a":3}}}]')).toMatchObject({ status: 200 });
  });

  it("may be __proto__, which changes no other object", async () => {
    const sent = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}';
    expect(await send(sent)).toMatchObject({ status: 200, text: `{"read":${sent}}` });
    expect(Object(await send("{}")).isAdmin).toBeUndefined();
    expect({}).not.toHaveProperty("isAdmin");
  });
});

describe("a body that is nested 100,000 deep", () => {
  const deep = (open: string, close: string) => `${open.repeat(100_000)}0${close.repeat(100_000)}`;

  it.each([
    ["arrays", deep("[", "]")],
    ["objects", deep('{"a":', "}")],
  ])("is read where it consists of %s", async (_, body) => {
    const handler = httpHandler(async (request) => ok(typeof request.json()), {
      maxBodyBytes: 1_000_000,
    });
    const headers = { "Content-Type": "application/json" };
    const event = apiEvent({ route: "POST /things", headers, body });
    expect(await handler(event, lambdaContext())).toMatchObject({ statusCode: 200 });
  });

  it.each([
    ["arrays", "[".repeat(100_000)],
    ["objects", '{"a":'.repeat(100_000)],
  ])("answers 400 where it consists of %s that never end", async (_, body) => {
    expect(await send(body, { maxBodyBytes: 1_000_000 })).toMatchObject({ status: 400 });
  });
});
