import { describe, expect, it, onTestFinished } from "vitest";
import type { Invocation } from "../environment.ts";
import { RuntimeApi } from "./runtime-api.ts";
import { socketTransport } from "./socket-transport.ts";

const invocation: Invocation = {
  requestId: "one",
  payload: '{"name":"ž"}',
  deadline: 1_542_409_706_888,
  functionArn: "arn:aws:lambda:eu-west-1:123456789012:function:acme-orders-get-dev",
  traceId: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
};

describe("the runtime client's way to the Lambda Runtime API", () => {
  it.each([
    ["with a client context", { ...invocation, clientContext: { city: "Plzeň" } }],
    ["without one", invocation],
  ])("brings an invocation as it was given, %s", async (_, given) => {
    const { api, next } = await start();
    api.deliver(given);
    expect(await next()).toEqual(given);
  });

  it("asks for the next invocation once the answer has arrived", async () => {
    const { api, next, transport, events } = await start();
    api.deliver(invocation);
    await next();
    transport.answer("one", '"ž"');
    const second = next();
    await expect.poll(() => events).toEqual([{ ok: true, payload: '"ž"' }, "waiting"]);
    api.deliver({ ...invocation, requestId: "two" });
    expect(await second).toMatchObject({ requestId: "two" });
  });

  it("asks for the next invocation once all that was posted has arrived", async () => {
    const { api, next, transport, events } = await start();
    api.deliver(invocation);
    await next();
    transport.answer("one", "1");
    transport.fail("one", { errorType: "Bad", errorMessage: "too late" });
    const second = next();
    await expect.poll(() => events).toEqual([{ ok: true, payload: "1" }, "waiting"]);
    api.deliver({ ...invocation, requestId: "two" });
    expect(await second).toMatchObject({ requestId: "two" });
  });

  it("tells of a failure, and says when it has", async () => {
    const { api, next, transport, events } = await start();
    api.deliver(invocation);
    await next();
    const error = { errorType: "Bad", errorMessage: "so\nit is", trace: [] };
    await new Promise<void>((resolve) => transport.fail("one", error, resolve));
    expect(events).toEqual([{ ok: false, error }]);
  });

  it("tells why the runtime cannot start, and says when it has", async () => {
    const { transport, events } = await start();
    const error = { errorType: "Bad", errorMessage: "so" };
    await new Promise<void>((resolve) => transport.failInit(error, resolve));
    expect(events).toEqual([{ initError: error }]);
  });

  it("says when nobody is there any more", async () => {
    const { api, gone, next } = await start();
    void next();
    api.close();
    await gone;
  });

  it("says so too when nobody has ever been there", async () => {
    const api = await RuntimeApi.start({
      onWaiting: () => {},
      onInitError: () => {},
      onAnswer: () => {},
    });
    const { address } = api;
    api.close();
    await new Promise<void>((resolve) => socketTransport(address, resolve));
  });
});

async function start() {
  const events: unknown[] = [];
  const api = await RuntimeApi.start({
    onWaiting: () => events.push("waiting"),
    onInitError: (initError) => events.push({ initError }),
    onAnswer: (answer) => events.push(answer),
  });
  onTestFinished(() => api.close());
  let onGone = () => {};
  const gone = new Promise<void>((resolve) => {
    onGone = resolve;
  });
  const transport = socketTransport(api.address, () => onGone());
  const next = () => new Promise<Invocation>((resolve) => transport.next(resolve));
  return { api, transport, events, gone, next };
}
