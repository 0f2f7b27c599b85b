import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { fetchKeys } from "./fetch-keys.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serving(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/keys`;
}

describe("an issuer's keys", () => {
  it("are what it answers, as JSON", async () => {
    const uri = await serving((_, response) => response.end('{"keys":[]}'));
    expect(await fetchKeys(uri)).toEqual({ keys: [] });
  });

  it("are not what another place answers, to which it would lead", async () => {
    const uri = await serving(({ url }, response) =>
      url === "/keys"
        ? response.writeHead(302, { Location: "/other" }).end()
        : response.end('{"keys":[]}'),
    );
    await expect(fetchKeys(uri)).rejects.toThrow("answered 302");
  });

  it("are not read to their end where they are none", async () => {
    const uri = await serving((_, response) => {
      const more = setInterval(() => response.write("x".repeat(16_384)), 1);
      response.on("close", () => clearInterval(more));
    });
    await expect(fetchKeys(uri)).rejects.toThrow("more than 65536 bytes");
  });

  it.each([
    ["never answers", () => {}],
    ["never comes to an end", ((_, response) => response.write("{")) satisfies RequestListener],
  ] as [string, RequestListener][])(
    "are not waited for when the issuer %s",
    async (_, listener) => {
      const started = performance.now();
      await expect(fetchKeys(await serving(listener))).rejects.toThrow();
      expect(performance.now() - started).toBeGreaterThan(1900);
    },
  );

  it("are not fetched without TLS but from this machine", async () => {
    for (const uri of [
      "http://id.example.com/keys",
      "http://127.0.0.1.example.com/keys",
      "http://localhost/keys",
      "file:///etc/passwd",
      "data:application/json,{}",
    ]) {
      await expect(fetchKeys(uri)).rejects.toThrow("are not fetched by");
    }
  });
});
