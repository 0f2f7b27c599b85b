/** Many requests at the same time: how many environments they get, and what they see of each other. */
import { createServer, type ServerResponse } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { listen } from "../../src/dev/gateway/listen.ts";
import { type Served, serviceSource, useService } from "../served-service.ts";

/** Answers when somebody lets it. */
const held = `
  export const handler = async (event) => {
    await fetch(event.queryStringParameters.door);
    return { statusCode: 200, body: "well" };
  };`;

/** What leaks from one request to another where both run in one environment at the same time. */
const careless = `
  let current;
  let atATime = 0;
  export const handler = async (event) => {
    current = event.queryStringParameters.id;
    atATime += 1;
    const most = atATime;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
    atATime -= 1;
    return { statusCode: 200, body: JSON.stringify({ current, most }) };
  };`;

const numbers = Array.from({ length: 200 }, (_, number) => number);
const corsHeader = "Access-Control-Allow-Origin";

/** Lets nobody through before it is opened. */
async function openDoor(): Promise<{ url: string; open(): void }> {
  const waiting: ServerResponse[] = [];
  let isOpen = false;
  const server = createServer((_, response) => {
    if (isOpen) response.end();
    else waiting.push(response);
  });
  const { port, close } = await listen(server, 0);
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${port}`,
    open() {
      isOpen = true;
      for (const response of waiting.splice(0)) response.end();
    },
  };
}

function environmentsOf(served: Served, key: string): number {
  return served.of("environment-started").filter((event) => event.function === key).length;
}

describe("200 requests at the same time", { timeout: 60_000 }, () => {
  const served = useService({
    "service.ts": serviceSource({
      reserved: {
        entry: "held.ts",
        routes: ["GET /reserved"],
        auth: "none",
        reservedConcurrency: 5,
      },
      one: { entry: "held.ts", routes: ["GET /one"], auth: "none", reservedConcurrency: 1 },
      off: { entry: "held.ts", routes: ["GET /off"], auth: "none", reservedConcurrency: 0 },
      free: { entry: "careless.ts", routes: ["GET /free"], auth: "none" },
    }),
    "held.ts": held,
    "careless.ts": careless,
  });

  it.each([
    ["reserved", 5],
    ["one", 1],
  ])(
    "get to the function %s as far as it has reserved concurrency, and 429 beyond it",
    async (key, reserved) => {
      const door = await openDoor();
      const statuses: number[] = [];
      const answers = numbers.map(async () => {
        const answer = await served.ask(`GET /${key}?door=${encodeURIComponent(door.url)}`);
        statuses.push(answer.status);
        // Those that got through are held until all others were refused.
        if (statuses.length === numbers.length - reserved) door.open();
        return answer;
      });
      const all = await Promise.all(answers);
      const refused = all.filter(({ status }) => status === 429);
      expect(statuses.slice(0, -reserved)).toEqual(refused.map(() => 429));
      expect(statuses.slice(-reserved)).toEqual(Array.from({ length: reserved }, () => 200));
      for (const { text, headers } of refused) {
        expect(text).toBe('{"message":"Too Many Requests"}');
        expect(headers.get(corsHeader)).toBe("*");
      }
      expect(environmentsOf(served, key)).toBeLessThanOrEqual(reserved);
    },
  );

  it("do not get to a function that is switched off", async () => {
    const answers = await Promise.all(numbers.map(() => served.ask("GET /off")));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([429]));
    expect(environmentsOf(served, "off")).toBe(0);
  });

  it("are all answered by four environments where no concurrency is reserved", async () => {
    const answers = await Promise.all(numbers.map((id) => served.ask(`GET /free?id=${id}`)));
    expect(answers.map(({ status }) => status)).toEqual(numbers.map(() => 200));
    expect(environmentsOf(served, "free")).toBeLessThanOrEqual(4);
  });

  it("that are refused by the Lambda API are so in its own words", async () => {
    const { status, headers, json } = await served.invoke("acme-trial-off-dev", {});
    expect([status, headers.get("x-amzn-ErrorType")]).toEqual([429, "TooManyRequestsException"]);
    expect(json).toMatchObject({ Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" });
  });
});

describe.each(["thread", "process"] as const)(
  "a handler that keeps a request in a global, in a %s",
  { timeout: 60_000 },
  (isolation) => {
    const served = useService(
      {
        "service.ts": serviceSource({ careless: { routes: ["GET /careless"], auth: "none" } }),
        "careless.ts": careless,
      },
      { isolation, notEmulated: ["runtime"] },
    );

    it("never sees that of another, with many at the same time", async () => {
      const answers = await Promise.all(numbers.map((id) => served.ask(`GET /careless?id=${id}`)));
      expect(answers.map(({ json }) => json)).toEqual(
        numbers.map((id) => ({ current: String(id), most: 1 })),
      );
      expect(environmentsOf(served, "careless")).toBeGreaterThan(1);
    });
  },
);
