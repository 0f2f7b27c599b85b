import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LocalGateway } from "../../../test/local-gateway.ts";
import type { InvocationResult } from "../host/invocation.ts";

let gateway: LocalGateway;

beforeEach(async () => {
  gateway = await LocalGateway.start();
});
afterEach(async () => {
  vi.useRealTimers();
  await gateway.close();
});

const megabyte = 1024 * 1024;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
describe("a request's body", () => {
  const tooLarge = {
    status: 413,
    headers: { "content-type": "text; charset=utf-8" },
    body: "HTTP content length exceeded 10485760 bytes.",
  };

  it("of 10 MB is too much for Lambda, which takes events of 6 MB", async () => {
    expect(
      await gateway.ask("POST /items", { body: Buffer.alloc(10 * megabyte, "a") }),
    ).toMatchObject({
      status: 413,
      headers: {
        "content-type": "application/json",
        "x-amzn-errortype": "BadRequestException",
        "x-amzn-requestid": expect.any(String),
      },
      body: '{"message": "Request Too Long"}',
    });
    expect(gateway.invocations).toEqual([]);
  });

  it("of more than 10 MB is too much for API Gateway", async () => {
    const body = Buffer.alloc(10 * megabyte + 1, "a");
    expect(await gateway.ask("POST /items", { body })).toMatchObject(tooLarge);
    expect(gateway.invocations).toEqual([]);
  });

  it("of more than 10 MB is too much also where it does not say how long it is", async () => {
    const piece = `100000\r\n${"a".repeat(megabyte)}\r\n`;
    const answer = await gateway.send(
      "POST /items HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" +
        `${piece.repeat(11)}0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("that never ends is answered all the same", async () => {
    const socket = await gateway.open();
    socket.on("error", () => {});
    socket.write("POST /items HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    const piece = `1000000\r\n${"a".repeat(16 * megabyte)}\r\n`;
    for (let sent = 0; sent < 7; sent++) socket.write(piece);
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  it("that is refused leaves the connection good for the next request", async () => {
    const body = "a".repeat(10 * megabyte + 1);
    const answers = await gateway.send(
      `POST /items HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}` +
        "GET /items HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 413", "HTTP/1.1 200"]);
  });

  it("counts with the rest of the event, and in bytes", async () => {
    await gateway.ask("POST /items", { body: "a" });
    const small = JSON.stringify(gateway.lastEvent);
    const room = 6 * megabyte - Buffer.byteLength(small) - 1000;
    const twoBytesEach = "é".repeat(room / 2);
    expect(await gateway.ask("POST /items", { body: twoBytesEach })).toMatchObject({ status: 200 });
    const more = `${twoBytesEach}${"é".repeat(1000)}`;
    expect(await gateway.ask("POST /items", { body: more })).toMatchObject({ status: 413 });
  });
});

describe("a request's first line and headers", () => {
  const tooLarge = {
    status: 431,
    headers: { "x-amzn-errortype": "BadRequestException" },
    body: '{"message":"Request Header Fields Too Large"}',
  };

  it("may have 10,240 bytes, where names do not count", async () => {
    const host = `127.0.0.1:${gateway.port}`;
    const rest = "GET /items?q= HTTP/1.1".length + host.length + "close".length;
    const q = "q".repeat(10_240 - rest);
    expect(await gateway.ask(`GET /items?q=${q}`)).toMatchObject({ status: 200 });
    expect(gateway.lastEvent?.queryStringParameters).toEqual({ q });
    expect(await gateway.ask(`GET /items?q=${q}q`)).toMatchObject(tooLarge);
  });

  it.each([11, 15, 17, 100])("may not have %i kB", async (kilobytes) => {
    const value = "a".repeat(kilobytes * 1024);
    expect(await gateway.ask("GET /items", { headers: { "X-Long": value } })).toMatchObject(
      tooLarge,
    );
    expect(gateway.invocations).toEqual([]);
  });
});

describe("a function that takes its time", () => {
  let answers: (result: InvocationResult) => void;
  let invoked: Promise<unknown>;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    gateway.result = new Promise((resolve) => {
      answers = resolve;
    });
    invoked = waitFor(() => gateway.invocations.length > 0);
  });

  const late = gatewayResult();

  it("may take 29 seconds", async () => {
    const answer = gateway.ask("GET /items");
    await invoked;
    vi.advanceTimersByTime(28_999);
    answers(late);
    expect(await answer).toMatchObject({ status: 200, body: "late" });
    // The gateway's one, however many were asked.
    await gateway.ask("GET /items");
    expect(vi.getTimerCount()).toBe(1);
  });

  it("gets no more time, and the caller gets 504", async () => {
    const answer = gateway.ask("GET /items");
    await invoked;
    vi.advanceTimersByTime(29_000);
    expect(await answer).toMatchObject({
      status: 504,
      headers: {
        "content-type": "application/json",
        "x-amzn-errortype": "InternalServerErrorException",
      },
      body: '{"message": "Endpoint request timed out"}',
    });
    expect(gateway.accesses).toMatchObject([{ status: 504, function: "list" }]);
  });

  it("may answer after that, or fail: nobody hears it", async () => {
    const answer = gateway.ask("GET /items");
    await invoked;
    vi.advanceTimersByTime(29_000);
    await answer;
    answers(late);
    gateway.result = late;
    expect(await gateway.ask("GET /items")).toMatchObject({ status: 200 });
    expect(gateway.accesses).toHaveLength(2);
  });

  it("has all the time there is where somebody is debugging it", async () => {
    const patient = await LocalGateway.start({ timeouts: false });
    patient.result = gateway.result;
    const answer = patient.ask("GET /items");
    await waitFor(() => patient.invocations.length > 0);
    expect(vi.getTimerCount()).toBe(0);
    answers(late);
    expect(await answer).toMatchObject({ status: 200, body: "late" });
    await patient.close();
  });
});

function gatewayResult(): InvocationResult {
  const payload = JSON.stringify({ statusCode: 200, body: "late" });
  const report = {
    requestId: "1",
    environment: "1",
    durationMilliseconds: 29_000,
    billedMilliseconds: 29_000,
    memoryMb: 128,
    maxMemoryUsedMb: 64,
    log: { lines: [], characters: 0 },
  };
  return { ok: true, payload, report };
}

/** Turn after turn of the event loop, until it is so. */
async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
