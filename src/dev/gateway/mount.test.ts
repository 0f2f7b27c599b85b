import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LocalGateway, type Routes } from "../../../test/local-gateway.ts";
import type { Mount } from "./mount.ts";

let gateway: LocalGateway;

const page: Mount = {
  prefix: "/_page",
  handle(request, response) {
    response.end(`page ${request.url}`);
  },
};
const broken: Mount = {
  prefix: "/_broken",
  handle: () => Promise.reject(new TypeError("a mistake")),
};
const brokenLate: Mount = {
  prefix: "/_late",
  handle(_request, response) {
    response.write("half");
    throw new TypeError("a mistake");
  },
};

beforeEach(async () => {
  gateway = await LocalGateway.start({ mounts: [page, broken, brokenLate] });
});
afterEach(() => gateway.close());

describe("a mount", () => {
  it.each(["GET /_page", "GET /_page/", "POST /_page/a/b?c=1", "OPTIONS /_page"])(
    "answers what is below its path: %s",
    async (asked) => {
      const [, url] = asked.split(" ");
      expect(await gateway.ask(asked)).toMatchObject({ status: 200, body: `page ${url}` });
    },
  );

  it.each(["GET /_pages", "GET /", "GET /v1/_page", "GET /_PAGE"])(
    "does not answer what is beside it: %s",
    async (asked) => {
      expect(await gateway.ask(asked)).toMatchObject({ status: 403 });
    },
  );

  it("does not stand in the access log, and needs no function", async () => {
    await gateway.ask("GET /_page");
    expect(gateway.accesses).toEqual([]);
    expect(gateway.invocations).toEqual([]);
  });

  it("may get larger headers than an API: a browser sends every cookie of this machine", async () => {
    const headers = { Cookie: "a".repeat(12_000) };
    expect(await gateway.ask("GET /_page", { headers })).toMatchObject({ status: 200 });
  });

  it.each([
    ["its path", [["own", "GET /_page"]]],
    ["a path below it", [["own", "GET /_page/{id}"]]],
  ] satisfies [string, Routes][])("gives way to a service that has %s", async (_, routes) => {
    gateway.serves(routes);
    const path = routes[0]?.[1].replace("{id}", "7") ?? "";
    expect(await gateway.ask(path)).toMatchObject({ body: "ok" });
    expect(gateway.invocations).toMatchObject([{ function: "own" }]);
  });

  it.each(["GET /{proxy+}", "GET /{id}"])(
    "is not hidden by a route for anything: %s",
    async (route) => {
      gateway.serves([["any", route]]);
      expect(await gateway.ask("GET /_page")).toMatchObject({ body: "page /_page" });
      expect(await gateway.ask("GET /other")).toMatchObject({ body: "ok" });
    },
  );

  it("that fails is answered for, and the next request is served", async () => {
    expect(await gateway.ask("GET /_broken")).toMatchObject({
      status: 500,
      body: expect.stringContaining("TypeError: a mistake"),
    });
    expect(await gateway.ask("GET /_page")).toMatchObject({ status: 200 });
  });

  it("that fails in the middle of its answer closes the connection: half is not the whole", async () => {
    await expect(gateway.ask("GET /_late")).rejects.toThrow();
    expect(await gateway.ask("GET /_page")).toMatchObject({ status: 200 });
  });
});
