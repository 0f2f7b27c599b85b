import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LocalGateway, routes } from "../../../test/local-gateway.ts";
import { createGateway } from "./gateway.ts";
import { listen } from "./listen.ts";

let gateway: LocalGateway;

beforeEach(async () => {
  gateway = await LocalGateway.start();
});
afterEach(() => gateway.close());

const good = "GET /items HTTP/1.1\r\nHost: x\r\n\r\n";
const last = "GET /items HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/** The statuses of all answers that stand in a text. */
const statuses = (answers: string) =>
  [...answers.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));

describe("what is no HTTP request", () => {
  it.each([
    ["a line of nonsense", "nonsense\r\n\r\n"],
    ["TLS", Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03])],
    ["an unknown method", "FETCH /items HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["an unknown protocol", "GET /items HTTQ/1.1\r\nHost: x\r\n\r\n"],
    ["a path with a space", "GET /it ems HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["a header without a colon", "GET /items HTTP/1.1\r\nHost: x\r\nhello\r\n\r\n"],
    ["a header with a null byte", "GET /items HTTP/1.1\r\nHost: x\r\nA: a\0b\r\n\r\n"],
    [
      "a length that is no number",
      "POST /items HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n",
    ],
    [
      "two lengths",
      "POST /items HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    ],
    [
      "a length and pieces, which smuggles requests past proxies",
      "POST /items HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    [
      "a piece whose length is no number",
      "POST /items HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
  ])("is answered in JSON, and not by a closed connection: %s", async (_, bytes) => {
    const answer = await gateway.send(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain("\r\nx-amzn-ErrorType: BadRequestException\r\n");
    expect(answer).toContain("\r\nConnection: close\r\n");
    expect(answer.endsWith('\r\n\r\n{"message":"Bad Request"}')).toBe(true);
    expect(gateway.invocations).toEqual([]);
  });

  it("is answered after the requests that came before it", async () => {
    expect(statuses(await gateway.send(`${good}${good}nonsense\r\n\r\n`))).toEqual([200, 200, 400]);
  });

  it("does no harm to other connections", async () => {
    await gateway.send("nonsense\r\n\r\n");
    expect(await gateway.ask("GET /items")).toMatchObject({ status: 200 });
  });

  it("is answered with 408 where it does not end in time", async () => {
    const service = gateway.target;
    const server = createGateway(
      () => service,
      () => {},
    );
    const { port, close } = await listen(server, 0);
    const socket = connect(port, "127.0.0.1");
    const [accepted] = await once(server, "connection");
    // Node.js looks at the clock every 30 seconds; this is what it says then.
    const error = Object.assign(new Error(), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
    server.emit("clientError", error, accepted);
    expect(await text(socket)).toMatch(
      /^HTTP\/1\.1 408 Request Timeout\r\n.*\{"message":"Request Timeout"\}$/s,
    );
    await close();
  });

  it("is not answered where the caller does not listen any more", async () => {
    const server = createGateway(
      () => gateway.target,
      () => {},
    );
    const { port, close } = await listen(server, 0);
    connect(port, "127.0.0.1").on("error", () => {});
    const [accepted] = await once(server, "connection");
    accepted.end();
    server.emit("clientError", new Error("broken"), accepted);
    expect(accepted.destroyed).toBe(true);
    await close();
  });

  it("is not answered where the caller is gone", async () => {
    const socket = await gateway.open();
    socket.write("POST /items HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    socket.resetAndDestroy();
    await once(socket, "close");
    expect(await gateway.ask("GET /items")).toMatchObject({ status: 200 });
  });
});

describe("a request that is HTTP, and odd", () => {
  it("needs no host in HTTP/1.0, and its connection is closed after the answer", async () => {
    expect(await gateway.send("GET /items HTTP/1.0\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 200 .*\r\n\r\nok$/s,
    );
  });

  it("is refused in JSON where it has no host", async () => {
    const answer = await gateway.send("GET /items HTTP/1.1\r\nConnection: close\r\n\r\n");
    expect(statuses(answer)).toEqual([400]);
    expect(answer).toContain('{"message":"Bad Request"}');
  });

  it.each([
    ["http://127.0.0.1/items?a=1", "/items"],
    ["HTTPS://api.example.com:8080/items?a=1", "/items"],
  ])("may have a whole URL in its first line: %s", async (url, path) => {
    await gateway.send(`GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(gateway.lastEvent).toMatchObject({ path, queryStringParameters: { a: "1" } });
  });

  it.each(["http://127.0.0.1", "http://127.0.0.1?a=1"])(
    "may have a URL without a path: %s",
    async (url) => {
      gateway.serves([["root", "GET /"]]);
      await gateway.send(`GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(gateway.lastEvent).toMatchObject({ path: "/" });
    },
  );

  it("is not for a path where it is OPTIONS of the server", async () => {
    gateway.serves([["all", "GET /{proxy+}"]]);
    const answer = await gateway.send("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect(statuses(answer)).toEqual([403]);
  });

  it("is refused in JSON where it is CONNECT", async () => {
    const answer = await gateway.send("CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(statuses(answer)).toEqual([403]);
    expect(answer).toContain('{"message":"Missing Authentication Token"}');
  });

  it("is answered as if it did not ask for another protocol", async () => {
    const answer = await gateway.send(
      "GET /items HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade, close\r\n\r\n",
    );
    expect(statuses(answer)).toEqual([200]);
    expect(Object.keys(gateway.lastEvent?.headers ?? {})).not.toContain("Upgrade");
  });

  it("may wait for leave to send its body", async () => {
    const socket = await gateway.open();
    socket.write(
      "POST /items HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
    );
    const [leave] = await once(socket, "data");
    expect(String(leave)).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    socket.write("{}");
    expect(statuses(await text(socket))).toEqual([200]);
    expect(gateway.lastEvent?.body).toBe("{}");
  });

  it("gets no leave where its body is too large", async () => {
    const answer = await gateway.send(
      "POST /items HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n",
    );
    expect(statuses(answer)).toEqual([413]);
    expect(gateway.invocations).toEqual([]);
  });

  it("is heard to its end before it is refused: many callers listen only then", async () => {
    const socket = await gateway.open();
    socket.write(
      "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\nConnection: close\r\n\r\n",
    );
    for (let sent = 0; sent < 50; sent++) {
      socket.write("a".repeat(100_000));
      await new Promise(setImmediate);
    }
    expect(statuses(await text(socket))).toEqual([403]);
  });

  it("is refused in JSON where it expects what nobody knows", async () => {
    const answer = await gateway.send(
      "GET /items HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\nConnection: close\r\n\r\n",
    );
    expect(statuses(answer)).toEqual([417]);
    expect(answer).toContain('{"message":"Expectation Failed"}');
  });

  it("may come with others on one connection, and they are answered in turn", async () => {
    let calls = 0;
    gateway.target = {
      ...gateway.target,
      // The first is answered last.
      invoke: async (functionKey, request) => {
        const turns = 20 - 5 * calls++;
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        const { path } = JSON.parse(request.payload);
        gateway.returns({ statusCode: 200, body: `${functionKey} ${path};` });
        return gateway.result;
      },
    };
    const answers = await gateway.send(
      `${good}GET /items/1 HTTP/1.1\r\nHost: x\r\n\r\nGET /items/2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(answers.match(/\w+ [\w/]+;/g)).toEqual([
      "list /items;",
      "get /items/1;",
      "get /items/2;",
    ]);
  });

  it("may use a connection again", async () => {
    const socket = await gateway.open();
    for (let round = 0; round < 3; round++) {
      socket.write(good);
      const [answer] = await once(socket, "data");
      expect(statuses(String(answer))).toEqual([200]);
    }
    socket.write(last);
    expect(statuses(await text(socket))).toEqual([200]);
  });

  it("has no body in its answer where it is HEAD, whoever answers", async () => {
    const head = (path: string) =>
      gateway.send(`HEAD ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(await head("/items")).toMatch(/^HTTP\/1\.1 200 .*Content-Length: 2\r\n.*\r\n\r\n$/s);
    expect(await head("/nothing")).toMatch(/^HTTP\/1\.1 403 .*\r\n\r\n$/s);
  });
});

describe("a caller who goes away", () => {
  it("before the function has answered leaves nothing behind", async () => {
    let answer: () => void = () => {};
    const invoked = new Promise<void>((resolve) => {
      gateway.target = {
        ...gateway.target,
        invoke: () => {
          resolve();
          return new Promise((answered) => {
            answer = () => answered(gateway.result);
          });
        },
      };
    });
    const socket = await gateway.open();
    socket.write(good);
    await invoked;
    socket.destroy();
    await once(socket, "close");
    answer();
    gateway.serves(routes);
    expect(await gateway.ask("GET /items")).toMatchObject({ status: 200 });
    expect(gateway.accesses).toHaveLength(2);
  });

  it("in the middle of an answer does no harm", async () => {
    gateway.returns({ statusCode: 200, body: "a".repeat(5_000_000) });
    const socket = await gateway.open();
    socket.write(good);
    await once(socket, "data");
    socket.resetAndDestroy();
    await once(socket, "close");
    gateway.returns({ statusCode: 200, body: "ok" });
    expect(await gateway.ask("GET /items")).toMatchObject({ status: 200, body: "ok" });
  });
});
