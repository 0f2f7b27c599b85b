import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { listen } from "../../../src/dev/gateway/listen.ts";
import { versionHeader } from "../../../src/emulator/live/traffic.ts";
import { steadyClient } from "./steady-client.ts";
import { type Sent, summarise } from "./summary.ts";

type Behave = (number: number) => "good" | "bad" | "gone" | number;

/** Something that looks like the Product service, and does with each request as it is told. */
async function service(behave: Behave): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(async (message, response) => {
    asked.push(`${message.method} ${message.url}`);
    const number = asked.length;
    const does = behave(number);
    if (does === "gone") {
      response.destroy();
      return;
    }
    if (typeof does === "number") await setTimeout(does);
    response.setHeader(versionHeader, does === "bad" ? "2" : "1");
    const isPost = message.method === "POST";
    response.statusCode = does === "bad" ? 500 : isPost ? 201 : 200;
    response.end(JSON.stringify({ productId: `PROD-${String(number).padStart(6, "0")}` }));
  });
  const { port, close } = await listen(server, 0);
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}`, asked };
}

describe("a steady client", () => {
  it("asks every route, and for products that it has made", async () => {
    const { url, asked } = await service(() => "good");
    const client = await steadyClient(url, { requestsPerSecond: 200 });
    await setTimeout(300);
    await client.stop();
    expect([...new Set(client.sent.map(({ route }) => route))].sort()).toEqual([
      "DELETE /v1.0/products/{productId}",
      "GET /v1.0/products",
      "GET /v1.0/products/{productId}",
      "POST /v1.0/products",
      "PUT /v1.0/products/{productId}",
    ]);
    const made = asked.flatMap((one, place) =>
      one.startsWith("POST") ? [`PROD-${String(place + 1).padStart(6, "0")}`] : [],
    );
    const wanted = asked.flatMap((one) => /PROD-\d+/.exec(one) ?? []);
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter((id) => !made.includes(id))).toEqual([]);
  });

  it("sends as many requests to a service that is slow", async () => {
    // The first ones are sent one after the other, and are not slow.
    const { url } = await service((number) => (number > 13 ? 1_000 : "good"));
    const client = await steadyClient(url, { requestsPerSecond: 50 });
    await setTimeout(1_000);
    const { total, p50Milliseconds } = await client.stop();
    expect(total).toBeGreaterThan(13 + 40);
    expect(total).toBeLessThan(13 + 65);
    expect(p50Milliseconds).toBeGreaterThanOrEqual(990);
  });

  it("tells the failures of a version from requests that nobody has answered", async () => {
    const { url } = await service((number) =>
      number <= 13 ? "good" : number % 10 === 0 ? "gone" : number % 5 === 0 ? "bad" : "good",
    );
    const client = await steadyClient(url, { requestsPerSecond: 100 });
    const began = Date.now();
    await setTimeout(600);
    const summary = await client.stop();
    const { none = 0, 2: bad = 0, ...others } = summary.failedByVersion;
    expect(none).toBeGreaterThan(2);
    expect(bad).toBeGreaterThan(2);
    expect(others).toEqual({});
    expect(summary.failed).toBe(none + bad);
    expect(summary.byError).toEqual({ "Error: socket hang up": none });
    expect(client.summary(began).total).toBeLessThan(summary.total);
  });
});

describe("a summary", () => {
  const sent = (at: number, status: number | undefined, milliseconds = 10): Sent => {
    return { at, route: "GET /", status, version: "1", milliseconds, error: undefined };
  };

  it("knows the longest time without a good answer", () => {
    const all = [
      sent(0, 200),
      sent(100, 404),
      sent(200, 500),
      sent(300, undefined),
      sent(400, 200, 50),
    ];
    expect(summarise(all)).toMatchObject({
      total: 5,
      failed: 2,
      longestGapMilliseconds: 340,
      byStatus: { 200: 2, 404: 1, 500: 1, none: 1 },
      p50Milliseconds: 10,
      p99Milliseconds: 50,
    });
  });

  it("is one of nothing, too", () => {
    expect(summarise([])).toMatchObject({ total: 0, failed: 0, longestGapMilliseconds: 0 });
  });
});
