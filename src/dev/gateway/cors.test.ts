import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answered, apiPlan, LocalGateway, routes } from "../../../test/local-gateway.ts";
import { gatewayResponses } from "../../deploy/gateway-responses.ts";

let gateway: LocalGateway;

beforeEach(async () => {
  gateway = await LocalGateway.start();
});
afterEach(async () => {
  vi.useRealTimers();
  await gateway.close();
});

const headers = { Origin: "https://shop.example" };

function serves(allowOrigins: readonly string[]): void {
  gateway.serves(routes, { cors: { ...apiPlan().cors, allowOrigins } });
}

/** Everything that can be answered without a function's word, and how to come by it. */
const answers: readonly (readonly [name: string, status: number, ask: () => Promise<Answered>])[] =
  [
    ["a preflight", 200, () => gateway.ask("OPTIONS /items", { headers })],
    ["an unknown route", 403, () => gateway.ask("GET /nothing", { headers })],
    ["an unknown method", 403, () => gateway.ask("DELETE /items", { headers })],
    ["an unknown route's preflight", 403, () => gateway.ask("OPTIONS /nothing", { headers })],
    [
      "a body that is too large",
      413,
      () => gateway.ask("POST /items", { headers, body: Buffer.alloc(10 * 1024 * 1024 + 1) }),
    ],
    [
      "an event that is too large",
      413,
      () => gateway.ask("POST /items", { headers, body: Buffer.alloc(6 * 1024 * 1024, "a") }),
    ],
    [
      "headers that are too large",
      431,
      () => gateway.ask("GET /items", { headers: { ...headers, Cookie: "a".repeat(10_240) } }),
    ],
    ["a function that is busy", 429, () => refused("throttled")],
    ["a function that is not there", 500, () => refused("not-found")],
    ["a service that is ending", 503, () => refused("stopping")],
    [
      "a function that fails",
      502,
      () => {
        gateway.fails();
        return gateway.ask("GET /items", { headers });
      },
    ],
    ["an answer that is malformed", 502, () => returned("hello")],
    [
      "an answer with a header that HTTP cannot carry",
      502,
      () => returned({ statusCode: 200, headers: { "a b": "c" } }),
    ],
    [
      "base64 that is none",
      500,
      () => {
        gateway.target = gateway.targetOf({ ...gateway.target.api, binaryMediaTypes: ["*/*"] });
        return returned({ statusCode: 200, body: "èé+à)(", isBase64Encoded: true });
      },
    ],
    ["a function that takes too long", 504, timedOut],
  ];

function refused(reason: "throttled" | "not-found" | "stopping"): Promise<Answered> {
  gateway.refuses(reason);
  return gateway.ask("GET /items", { headers });
}

function returned(value: unknown): Promise<Answered> {
  gateway.returns(value);
  return gateway.ask("GET /items", { headers });
}

async function timedOut(): Promise<Answered> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  const invoked = new Promise<void>((resolve) => {
    gateway.target = {
      ...gateway.target,
      invoke: () => {
        setImmediate(resolve);
        return new Promise(() => {});
      },
    };
  });
  const answer = gateway.ask("GET /items", { headers });
  await invoked;
  vi.advanceTimersByTime(29_000);
  return answer;
}

/** The gateway responses of the deployed API set them: without, a page could not read the answer. */
describe("CORS headers are on every answer that the gateway makes", () => {
  it.each(answers)("to %s: %i, for every origin", async (_, status, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
  });

  it.each(answers)("to %s: %i, for an origin that the plan lists", async (_, status, ask) => {
    serves(["https://admin.example", "https://shop.example"]);
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers["access-control-allow-origin"]).toBe("https://shop.example");
  });

  it.each(answers)(
    "but not to %s: %i, for an origin that it does not list",
    async (_, status, ask) => {
      serves(["https://other.example"]);
      const answer = await ask();
      expect(answer.status).toBe(status);
      expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    },
  );
});

describe("what the deployed API's gateway responses say", () => {
  const deployed = (): Record<string, string> =>
    Object.fromEntries(
      Object.entries(
        gatewayResponses(gateway.target.api).DEFAULT_4XX?.responseParameters ?? {},
      ).map(([name, value]) => [
        name.replace("gatewayresponse.header.", "").toLowerCase(),
        value.slice(1, -1),
      ]),
    );

  it.each(answers.filter(([, status]) => status >= 400))(
    "is on the answer to %s: %i",
    async (_, status, ask) => {
      const answer = await ask();
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject(deployed());
    },
  );

  it("is on the answer to what is no request", async () => {
    const answer = (await gateway.send("nonsense\r\n\r\n")).toLowerCase();
    for (const [name, value] of Object.entries(deployed())) {
      expect(answer).toContain(`\r\n${name}: ${value.toLowerCase()}\r\n`);
    }
  });

  it("is on no answer of a function's, which says that itself", async () => {
    const answer = await gateway.ask("GET /items", { headers });
    expect(answer.headers).not.toHaveProperty("strict-transport-security");
  });
});

describe("CORS headers of a function's own answer", () => {
  it.each([200, 201, 400, 404, 409, 500])("are what the function says: %i", async (statusCode) => {
    const mine = { "Access-Control-Allow-Origin": "https://mine.example" };
    gateway.returns({ statusCode, headers: mine, body: "{}" });
    const answer = await gateway.ask("GET /items", { headers });
    expect(answer.status).toBe(statusCode);
    expect(answer.headers["access-control-allow-origin"]).toBe("https://mine.example");
  });

  it("are none where the function says none", async () => {
    const answer = await gateway.ask("GET /items", { headers });
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
  });
});

describe("CORS headers where no request could be read", () => {
  it("are for every origin, if the plan allows every origin", async () => {
    expect(await gateway.send("nonsense\r\n\r\n")).toContain(
      "\r\nAccess-Control-Allow-Origin: *\r\n",
    );
  });

  it("are none otherwise, because the origin is not known", async () => {
    serves(["https://shop.example"]);
    const socket = await gateway.open();
    socket.write("nonsense\r\nOrigin: https://shop.example\r\n\r\n");
    const [answer] = await once(socket, "data");
    expect(String(answer)).not.toContain("Access-Control");
  });
});
