import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import type { RoutePlan } from "../plan/index.ts";
import { type Listening, listen } from "./gateway/listen.ts";
import { loadSampleData } from "./sample-data.ts";

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly contentType: string | undefined;
  readonly body: unknown;
}

let directory: string;
let service: Listening;
let received: Received[];
/** Refuses bodies that say so. */
beforeEach(async () => {
  directory = await temporaryFolder();
  received = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text);
    const { method, url, headers } = request;
    received.push({ method, url, contentType: headers["content-type"], body });
    response.writeHead(body.refuse ? 400 : 201).end(body.refuse ? '{"title":"Bad Request"}' : "{}");
  });
  service = await listen(server, 0);
});
afterEach(async () => {
  await service.close();
});

const routes = ["POST /products", "PUT /prices", "GET /prices"].map((route): RoutePlan => {
  const [method, path = ""] = route.split(" ");
  return {
    method: method as RoutePlan["method"],
    path,
    function: "f",
    auth: { type: "none" },
    throttling: null,
    example: { pathParameters: {}, query: {}, body: null },
    parameters: [],
    body: null,
    responses: [],
    from: "functions.f.routes[0]",
  };
});

async function load(content: unknown): Promise<number> {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await writeFile(path.join(directory, "sample-data.json"), text);
  return loadSampleData(directory, "sample-data.json", routes, {
    url: `http://127.0.0.1:${service.port}`,
    token: "a.b.c",
  });
}

function refusal(reason: string | RegExp) {
  return {
    code: "DEV_SAMPLE_DATA",
    message: expect.stringMatching(reason),
    fix: 'write { "POST /your/route": [ { ...body }, ... ] }',
    at: expect.stringMatching(/sample-data\.json$/),
  };
}

describe("sample data", () => {
  it("is sent body by body, in the order of the file, to the service's own routes", async () => {
    const content = { "POST /products": [{ name: "A" }, { name: "B" }], "PUT /prices": [{ c: 1 }] };
    expect(await load(content)).toBe(3);
    const contentType = "application/json";
    expect(received).toEqual([
      { method: "POST", url: "/products", contentType, body: { name: "A" } },
      { method: "POST", url: "/products", contentType, body: { name: "B" } },
      { method: "PUT", url: "/prices", contentType, body: { c: 1 } },
    ]);
  });

  it("may be empty", async () => {
    expect(await load({})).toBe(0);
    expect(await load({ "POST /products": [] })).toBe(0);
    expect(received).toEqual([]);
  });

  it("is refused where there is no file", async () => {
    const load = loadSampleData(directory, "sample-data.json", routes, {
      url: "http://127.0.0.1:1",
      token: "",
    });
    await expect(load).rejects.toMatchObject(refusal(/could not be loaded: ENOENT/));
  });

  it("is refused where the file is not JSON", async () => {
    await expect(load("{ products")).rejects.toMatchObject(refusal(/JSON/));
  });

  it.each(["null", "1", '"text"', '{"POST /products":{}}', '{"POST /products":[],"x":null}'])(
    "is refused where it is not an object of lists: %s",
    async (text) => {
      await expect(load(text)).rejects.toMatchObject(refusal("it is not an object of lists"));
    },
  );

  it.each(["POST /orders", "GET /products", "post /products", "POST", "", "POST  /products"])(
    'is refused where "%s" is not a route of the service, before anything of it is sent',
    async (route) => {
      await expect(load({ [route]: [{ name: "A" }] })).rejects.toMatchObject(
        refusal("is not a route of this service"),
      );
      expect(received).toEqual([]);
    },
  );

  it("is refused where the service refuses a body, with its place and the answer", async () => {
    const content = { "POST /products": [{ name: "A" }, { refuse: true }, { name: "C" }] };
    await expect(load(content)).rejects.toMatchObject(
      refusal('POST /products, entry 1: 400 {"title":"Bad Request"}'),
    );
    expect(received).toHaveLength(2);
  });

  it("is refused where a route takes no body", async () => {
    await expect(load({ "GET /prices": [{}] })).rejects.toMatchObject(
      refusal("GET /prices takes no body"),
    );
  });
});
