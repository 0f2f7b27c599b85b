import { once } from "node:events";
import { createServer, type RequestListener, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { authorization, callAs, post, shopPlan, useShop } from "../../../test/shop.ts";
import { ownerAccessKeyId, startTableEndpoint, type TableEndpointOptions } from "./index.ts";

const owner = { Authorization: authorization(ownerAccessKeyId) };
const target = (operation: string) => ({ "X-Amz-Target": `DynamoDB_20120810.${operation}` });
const TableName = "shop-orders-dev";
const internalServerError = {
  status: 500,
  body: {
    __type: "com.amazonaws.dynamodb.v20120810#InternalServerError",
    message: "The server encountered an internal error trying to fulfill the request.",
  },
};

async function hangUpAfter(text: string, url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.write(text, () => socket.resetAndDestroy());
  await closed;
}

describe("the table endpoint, whatever is sent to it", () => {
  const shop = useShop();
  const put = (id: string, text: string) => {
    const Item = { PK: { S: `ORDER#${id}` }, SK: { S: "x" }, text: { S: text } };
    return shop.call("everything", "PutItem", { TableName, Item });
  };

  it.each(["", "{", "no JSON", '{"TableName": '])("refuses %o, which is not JSON", async (body) => {
    expect(await post(shop.url, body, { ...owner, ...target("GetItem") })).toMatchObject({
      status: 400,
      body: { __type: "com.amazon.coral.service#SerializationException" },
    });
  });

  it.each(["null", "[]", "1", '"text"', '{"TableName": []}', '{"RequestItems": 1}'])(
    "leaves %o to the engine, which refuses it",
    async (body) => {
      const key = shop.endpoint.callers.credentialsOf("everything").accessKeyId;
      const headers = { Authorization: authorization(key), ...target("BatchGetItem") };
      expect((await post(shop.url, body, headers)).status).toBe(400);
    },
  );

  it.each([{}, { "X-Amz-Target": "DynamoDB_20120810." }, { "X-Amz-Target": "S3_1.GetObject" }])(
    "refuses a call whose target is %o",
    async (headers) => {
      expect(await post(shop.url, "{}", { ...owner, ...(headers as object) })).toMatchObject({
        status: 400,
        body: { __type: "com.amazon.coral.service#UnknownOperationException" },
      });
    },
  );

  it("is healthy", async () => {
    const response = await fetch(shop.url);
    expect([response.status, await response.text()]).toEqual([
      200,
      "healthy: dynamodb.eu-west-1.amazonaws.com ",
    ]);
  });

  it("passes a body of 2 MB, and the engine's refusal of such an item", async () => {
    const { status, body } = await put("large", "x".repeat(2_000_000));
    expect([status, body.__type]).toEqual([400, "com.amazon.coral.validate#ValidationException"]);
  });

  it("takes no body that is larger than DynamoDB takes", async () => {
    const call = request(shop.url, { method: "POST", headers: { ...owner, ...target("PutItem") } });
    // The endpoint hangs up before all is sent.
    call.on("error", () => {});
    call.end(Buffer.alloc(17 * 1024 * 1024));
    const [response] = await once(call, "response");
    response.resume();
    expect(response.statusCode).toBe(413);
  });

  it("goes on when a caller hangs up in the middle of a request, or before the answer", async () => {
    const head = Object.entries({ Host: "localhost", ...owner, ...target("ListTables") })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("");
    await hangUpAfter(`POST / HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{`, shop.url);
    await hangUpAfter(`POST / HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`, shop.url);
    expect((await put("after", "x")).status).toBe(200);
  });

  it("answers hundreds of calls at once, each with its own answer", async () => {
    const ids = Array.from({ length: 300 }, (_, id) => String(id));
    const statuses = await Promise.all(ids.map(async (id) => (await put(id, id)).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const read = ids.map(async (id) => {
      const Key = { PK: { S: `ORDER#${id}` }, SK: { S: "x" } };
      return (await shop.call("orders", "GetItem", { TableName, Key })).body.Item.text.S;
    });
    expect(await Promise.all(read)).toEqual(ids);
  });

  it("gives each answer a checksum that is its own", async () => {
    const { crc32 } = await import("node:zlib");
    const response = await fetch(shop.url, {
      method: "POST",
      headers: { ...owner, ...target("DescribeTable") },
      body: JSON.stringify({ TableName }),
    });
    const checksum = String(crc32(Buffer.from(await response.arrayBuffer())));
    expect(response.headers.get("x-amz-crc32")).toBe(checksum);
    expect(response.headers.get("x-amzn-requestid")).toMatch(/./);
  });
});

describe("the table endpoint before an engine that fails", () => {
  const plan = shopPlan();

  async function callsTo(engine: RequestListener, options: Partial<TableEndpointOptions> = {}) {
    const server = createServer(engine).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return startFor(`http://127.0.0.1:${port}`, options);
  }

  async function startFor(url: string, options: Partial<TableEndpointOptions> = {}) {
    const endpoint = await startTableEndpoint({
      engine: { endpoint: url, restarting: undefined },
      plan: () => plan,
      policy: true,
      onEvent: () => {},
      ...options,
    });
    onTestFinished(() => endpoint.close());
    return (operation = "ListTables", input: unknown = {}) =>
      callAs(endpoint, "owner", operation, input);
  }

  it("answers for one that never does", async () => {
    const call = await callsTo(() => {}, { answerTimeoutMilliseconds: 50 });
    expect(await call()).toMatchObject(internalServerError);
  });

  it("answers for one that hangs up, at once or in the middle", async () => {
    const atOnce = await callsTo((_, response) => response.destroy());
    expect(await atOnce()).toMatchObject(internalServerError);
    const inTheMiddle = await callsTo((_, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("{", () => response.destroy());
    });
    expect(await inTheMiddle()).toMatchObject(internalServerError);
  });

  it("answers for one that is not there, when the time to come back is over", async () => {
    const call = await startFor("http://127.0.0.1:1", { restartTimeoutMilliseconds: 50 });
    expect(await call()).toMatchObject(internalServerError);
  });

  it("waits for one that is being started again, and asks it where it is then", async () => {
    const server = createServer((_, response) => response.end('{"TableNames":["there"]}'));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    let markStarted = () => {};
    const engine: { endpoint: string; restarting: Promise<void> | undefined } = {
      endpoint: "http://127.0.0.1:1",
      restarting: new Promise<void>((resolve) => {
        markStarted = resolve;
      }),
    };
    const call = await startFor("", { engine });
    const answered = call();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    engine.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    engine.restarting = undefined;
    markStarted();
    expect((await answered).body).toEqual({ TableNames: ["there"] });
  });

  it("waits for one that is being started again, but not for ever", async () => {
    const never = new Promise<void>(() => {});
    const engine = { endpoint: "http://127.0.0.1:1", restarting: never };
    const call = await startFor("", { engine, restartTimeoutMilliseconds: 50 });
    expect(await call()).toMatchObject(internalServerError);
  });

  it("passes on an error that has no name", async () => {
    const call = await callsTo((_, response) => response.writeHead(503).end("{}"));
    expect(await call()).toMatchObject({ status: 503, body: {} });
  });

  it("answers its own operations no other way", async () => {
    const call = await startFor("http://127.0.0.1:1", { restartTimeoutMilliseconds: 0 });
    expect(await call("DescribeTimeToLive", { TableName })).toMatchObject(internalServerError);
  });

  it("tells of a failure that is none of DynamoDB's", async () => {
    const errors: unknown[] = [];
    const problem = new Error("no plan");
    let isBroken = true;
    const call = await startFor("http://127.0.0.1:1", {
      plan: () => {
        if (!isBroken) return plan;
        isBroken = false;
        throw problem;
      },
      onEvent: (event) => event.type === "call-failed" && errors.push(event.error),
    });
    expect(await call("DescribeTimeToLive", { TableName })).toMatchObject(internalServerError);
    expect(errors).toEqual([problem]);
  });
});
