import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Invocation } from "../environment.ts";
import { RuntimeApi } from "./runtime-api.ts";

const invocation: Invocation = {
  requestId: "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
  payload: '{"name":"ž"}',
  deadline: 1_542_409_706_888,
  functionArn: "arn:aws:lambda:eu-west-1:123456789012:function:acme-orders-get-dev",
  traceId: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1",
};

const notAllowed = (from: string, to: string) => ({
  status: 403,
  body: {
    errorType: "InvalidStateTransition",
    errorMessage: `State transition from ${from} to ${to} failed for runtime. Error: state transition is not allowed`,
  },
});
const accepted = { status: 202, body: { status: "OK" } };

describe("the Lambda Runtime API", () => {
  it("gives the next invocation, and all that a runtime has to know of it", async () => {
    const { api, next } = await start();
    api.deliver({ ...invocation, clientContext: { custom: { city: "Plzeň" } } });
    const response = await next();
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"name":"ž"}');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": invocation.requestId,
      "lambda-runtime-deadline-ms": "1542409706888",
      "lambda-runtime-invoked-function-arn": invocation.functionArn,
      "lambda-runtime-trace-id": invocation.traceId,
      "lambda-runtime-client-context": '{"custom":{"city":"Plze\\u0148"}}',
    });
  });

  it("lets a runtime wait until there is one", async () => {
    const { api, next, events } = await start();
    const waiting = next();
    await expect.poll(() => events).toEqual(["waiting"]);
    api.deliver(invocation);
    const response = await waiting;
    expect(response.headers.has("lambda-runtime-client-context")).toBe(false);
    expect(await response.json()).toEqual({ name: "ž" });
  });

  it("takes the answer, and is asked for the next", async () => {
    const { api, next, post, events } = await start();
    api.deliver(invocation);
    await next();
    expect(await post(`invocation/${invocation.requestId}/response`, "42")).toEqual(accepted);
    api.deliver({ ...invocation, requestId: "two" });
    expect((await next()).headers.get("lambda-runtime-aws-request-id")).toBe("two");
    expect(events).toEqual([{ ok: true, payload: "42" }]);
  });

  it.each([
    ["as the documentation has it", { errorType: "Bad", errorMessage: "so", stackTrace: ["a"] }],
    ["as Node.js has it", { errorType: "Bad", errorMessage: "so", trace: ["a"] }],
  ])("takes an error, %s", async (_, body) => {
    const { api, next, post, events } = await start();
    api.deliver(invocation);
    await next();
    const path = `invocation/${invocation.requestId}/error`;
    expect(await post(path, JSON.stringify(body))).toEqual(accepted);
    const error = { errorType: "Bad", errorMessage: "so", trace: ["a"] };
    expect(events).toEqual([{ ok: false, error }]);
  });

  it("takes the type of an error from its header, where the body says nothing", async () => {
    const { api, next, post, events } = await start();
    api.deliver(invocation);
    await next();
    await post(`invocation/${invocation.requestId}/error`, "", {
      "Lambda-Runtime-Function-Error-Type": "Runtime.Strange",
    });
    const error = { errorType: "Runtime.Strange", errorMessage: "" };
    expect(events).toEqual([{ ok: false, error }]);
  });

  it("takes a streamed answer, and the error that it broke off with", async () => {
    const { api, next, events, address } = await start();
    const stream = (requestId: string, trailers: string) =>
      raw(
        address,
        `POST /2018-06-01/runtime/invocation/${requestId}/response HTTP/1.1\r\nHost: a\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\nTrailer: Lambda-Runtime-Function-Error-Type\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n${trailers}\r\n`,
      );
    api.deliver({ ...invocation, requestId: "a" });
    await next();
    expect(await stream("a", "")).toMatch(/^HTTP\/1.1 202 /);
    api.deliver({ ...invocation, requestId: "b" });
    await next();
    const body = Buffer.from('{"errorType":"Bad","errorMessage":"so"}').toString("base64");
    await stream(
      "b",
      `Lambda-Runtime-Function-Error-Type: Bad\r\nLambda-Runtime-Function-Error-Body: ${body}\r\n`,
    );
    api.deliver({ ...invocation, requestId: "c" });
    await next();
    await stream("c", "Lambda-Runtime-Function-Error-Type: Worse\r\n");
    expect(events).toEqual([
      { ok: true, payload: "onetwo" },
      { ok: false, error: { errorType: "Bad", errorMessage: "so" } },
      { ok: false, error: { errorType: "Worse", errorMessage: "" } },
    ]);
  });

  it("takes an answer of 6,291,556 bytes, and not one byte more", async () => {
    const { api, next, post, events } = await start();
    const path = `invocation/${invocation.requestId}/response`;
    api.deliver(invocation);
    await next();
    expect(await post(path, "x".repeat(6_291_556))).toEqual(accepted);
    api.deliver(invocation);
    await next();
    expect(await post(path, "x".repeat(6_291_557))).toEqual({
      status: 413,
      body: {
        errorType: "RequestEntityTooLarge",
        errorMessage: "Exceeded maximum allowed payload size (6291556 bytes).",
      },
    });
    expect(events[1]).toEqual({
      ok: false,
      error: {
        errorType: "Function.ResponseSizeTooLarge",
        errorMessage:
          "Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).",
      },
    });
  });

  it("refuses an answer to another request, and takes the right one after it", async () => {
    const { api, next, post, events } = await start();
    api.deliver(invocation);
    await next();
    expect(await post("invocation/other/response", "1")).toEqual({
      status: 400,
      body: { errorType: "InvalidRequestID", errorMessage: "Invalid request ID" },
    });
    expect(await post(`invocation/${invocation.requestId}/response`, "2")).toEqual(accepted);
    expect(events).toEqual([{ ok: true, payload: "2" }]);
  });

  it("refuses what comes at the wrong time", async () => {
    const { api, next, post, events } = await start();
    const path = `invocation/${invocation.requestId}`;
    expect(await post(`${path}/response`, "1")).toEqual(
      notAllowed("Started", "InvocationResponse"),
    );
    api.deliver(invocation);
    await next();
    expect(await post("init/error", "{}")).toEqual(notAllowed("Running", "InitError"));
    await post(`${path}/response`, "1");
    expect(await post(`${path}/error`, "{}")).toEqual(
      notAllowed("RuntimeResponseSentState", "InvocationErrorResponse"),
    );
    expect(events).toEqual([{ ok: true, payload: "1" }]);
  });

  it("gives a runtime that asks again the same invocation again", async () => {
    const { api, next, events } = await start();
    api.deliver(invocation);
    const ids = [await next(), await next()].map(({ headers }) =>
      headers.get("lambda-runtime-aws-request-id"),
    );
    expect(ids).toEqual([invocation.requestId, invocation.requestId]);
    expect(events).toEqual([]);
  });

  it("keeps an invocation for a runtime that went away before it came", async () => {
    const { api, next, events, address } = await start();
    const socket = connect(Number(address.split(":")[1]), "127.0.0.1");
    socket.write("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: a\r\n\r\n");
    await expect.poll(() => events).toEqual(["waiting"]);
    socket.destroy();
    const again = next();
    await expect.poll(() => events).toEqual(["waiting", "waiting"]);
    api.deliver(invocation);
    expect(await (await again).json()).toEqual({ name: "ž" });
  });

  it("does not take the half of an answer for one", async () => {
    const { api, next, post, events, address } = await start();
    api.deliver(invocation);
    await next();
    const path = `invocation/${invocation.requestId}/response`;
    const socket = connect(Number(address.split(":")[1]), "127.0.0.1");
    socket.end(
      `POST /2018-06-01/runtime/${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n12`,
    );
    await new Promise((resolve) => socket.once("close", resolve).resume());
    expect(await post(path, "3")).toEqual(accepted);
    expect(events).toEqual([{ ok: true, payload: "3" }]);
  });

  it("takes the reason why a runtime cannot start, and asks nothing more of it", async () => {
    const { next, post, events } = await start();
    const body = JSON.stringify({ errorType: "Runtime.NoSuchHandler", errorMessage: "none" });
    expect(await post("init/error", body)).toEqual(accepted);
    const error = { errorType: "Runtime.NoSuchHandler", errorMessage: "none" };
    expect(events).toEqual([{ initError: error }]);
    const refused = await next();
    expect({ status: refused.status, body: await refused.json() }).toEqual(
      notAllowed("InitError", "Ready"),
    );
  });

  it("does not take the half of a reason for one", async () => {
    const { events, address } = await start();
    const socket = connect(Number(address.split(":")[1]), "127.0.0.1");
    socket.end(
      "POST /2018-06-01/runtime/init/error HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{}",
    );
    await new Promise((resolve) => socket.once("close", resolve).resume());
    expect(events).toEqual([]);
  });

  it.each(["GET /", "GET /2018-06-01/runtime/init/error", "POST /2018-06-01/runtime/nothing"])(
    "has no %s",
    async (call) => {
      const { address } = await start();
      const [method = "", path = ""] = call.split(" ");
      const response = await fetch(`http://${address}${path}`, { method });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ errorType: "NotFound" });
    },
  );
});

async function start() {
  const events: unknown[] = [];
  const api = await RuntimeApi.start({
    onWaiting: () => events.push("waiting"),
    onInitError: (initError) => events.push({ initError }),
    onAnswer: (answer) => events.push(answer),
  });
  onTestFinished(() => api.close());
  const base = `http://${api.address}/2018-06-01/runtime`;
  return {
    api,
    address: api.address,
    events,
    next: () => fetch(`${base}/invocation/next`),
    async post(path: string, body: string, headers: Record<string, string> = {}) {
      const response = await fetch(`${base}/${path}`, { method: "POST", body, headers });
      return { status: response.status, body: await response.json() };
    },
  };
}

/** Sends a request as it is written, and gives the answer as it comes. */
function raw(address: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(address.split(":")[1]), "127.0.0.1", () => socket.write(request));
    socket.once("error", reject);
    socket.once("data", (answer) => {
      socket.destroy();
      resolve(String(answer));
    });
  });
}
