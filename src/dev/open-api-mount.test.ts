import { connect } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { get, greeter, greeterManifest, save, start } from "../../test/dev-servers.ts";

describe("/_openapi.json", { timeout: 30_000 }, () => {
  it("describes the routes that are served, at the address that was asked", async () => {
    const { server } = await start(await greeter());
    const { port } = new URL(server.url);
    for (const origin of [server.url, `http://localhost:${port}`]) {
      const answer = await get(`${origin}/_openapi.json`);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([
        200,
        "application/json",
      ]);
      expect(await answer.json()).toMatchObject({
        openapi: "3.1.0",
        servers: [{ url: origin }],
        paths: { "/greeting": { get: { summary: "Greet" } } },
      });
    }
  });

  it("follows the manifest when it is saved", async () => {
    const directory = await greeter();
    const { server, events } = await start(directory);
    const renamed = greeterManifest.replace("GET /greeting", "GET /welcome");
    await save(events, "reloaded", path.join(directory, "service.ts"), renamed);
    const { paths } = (await (await get(`${server.url}/_openapi.json`)).json()) as {
      paths: object;
    };
    expect(Object.keys(paths)).toEqual(["/welcome"]);
  });

  it("answers a request that names no host", async () => {
    const { server } = await start(await greeter());
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.end("GET /_openapi.json HTTP/1.0\r\n\r\n");
    const [head = "", body = ""] = (await text(socket)).split("\r\n\r\n");
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    expect(JSON.parse(body)).toMatchObject({ servers: [{ url: "http://localhost" }] });
  });
});
