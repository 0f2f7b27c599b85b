import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  get,
  greeter,
  greeterManifest,
  greeting,
  handlerSaying,
  type Options,
  save,
  start,
} from "../../test/dev-servers.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { eventText } from "../cli/dev-output/events.ts";
import { createStyle } from "../cli/style.ts";
import type { DevServer } from "./dev-server.ts";
import { tableApi } from "./engine/index.ts";
import { freePort } from "./free-port.ts";
import { listen } from "./gateway/listen.ts";

const productService = fileURLToPath(new URL("../../services/product/", import.meta.url));

/** The Product service, in a folder that a test may change, where its packages are found. */
async function productCopy(): Promise<string> {
  const home = path.join(productService, ".lambdakit");
  await mkdir(home, { recursive: true });
  const copy = await mkdtemp(path.join(home, "test-"));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  for (const part of ["service.ts", "sample-data.json", "package.json", "src"]) {
    await cp(path.join(productService, part), path.join(copy, part), { recursive: true });
  }
  return copy;
}

const product = {
  name: "Test Product",
  description: "Test",
  price: "99.99",
  currency: "ZAR",
  period: "monthly",
  features: [],
};

function post(url: string, body: unknown, token?: string): Promise<Response> {
  const headers = {
    "Content-Type": "application/json",
    Connection: "close",
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}

const otherKeys = greeterManifest.replace('partitionKey: "PK"', 'partitionKey: "id"');
const timeout = 30_000;

describe("the Product service on this machine", { timeout }, () => {
  it("answers requests from its tables, and tells of each", async () => {
    const { server, events } = await start(await productCopy());
    const made = await post(`${server.url}/v1.0/products`, product, await server.token());
    expect(made.status).toBe(201);
    const { productId } = (await made.json()) as { productId: string };
    const listed = await get(`${server.url}/v1/v1.0/products`);
    expect(await listed.json()).toMatchObject({ count: 1, products: [{ productId, ...product }] });
    expect(events.of("request").map(({ access }) => access)).toMatchObject([
      { method: "POST", path: "/v1.0/products", status: 201, function: "create" },
      { method: "GET", path: "/v1/v1.0/products", status: 200, function: "list" },
    ]);
    const lines = events.of("output").filter((one) => one.function === "create" && !one.platform);
    expect(JSON.parse(lines[0]?.line ?? "")).toMatchObject({
      message: "request completed",
      environment: "local",
      service: "product",
      http_status: 201,
      cold_start: true,
    });
  });

  it("tells of a token that is refused as of any answer: nothing has failed", async () => {
    const { server, events } = await start(await productCopy());
    const refused = await post(`${server.url}/v1.0/products`, product, "a.b.c");
    expect(refused.status).toBe(401);
    expect(events.of("failed")).toEqual([]);
    expect(events.of("invoked")).toMatchObject([{ function: "authorizer", ok: true }]);
    const texts = events.all.flatMap((event) => eventText(event, createStyle(false)) ?? []);
    expect(texts).toEqual([
      expect.stringContaining('authorizer INFO token refused reason="malformed"'),
      expect.stringMatching(/^POST +401 /),
    ]);
  });

  it("is reloaded when a file is saved, and keeps serving the good code meanwhile", async () => {
    const directory = await productCopy();
    const { server, events } = await start(directory);
    const file = path.join(directory, "src/handlers/list-products.ts");
    const source = await readFile(file, "utf8");
    const edited = (header: string) => source.replace("listing.nextToken)", `$&, ${header}`);
    const header = async () => (await get(`${server.url}/v1.0/products`)).headers.get("x-edited");
    expect(await header()).toBeNull();

    const { functions } = await save(events, "reloaded", file, edited('{ "X-Edited": "first" }'));
    expect(functions).toEqual(["list"]);
    expect(await header()).toBe("first");

    const { error } = await save(events, "not-reloaded", file, edited('{ "X-Edited": '));
    expect(error).toMatchObject({
      code: "BUNDLE_FAILED",
      message: expect.stringContaining("list-products.ts"),
    });
    expect(await header()).toBe("first");

    await save(events, "reloaded", file, edited('{ "X-Edited": "second" }'));
    expect(await header()).toBe("second");
  });

  it("is reloaded when service.ts is saved: routes come and go", async () => {
    const directory = await productCopy();
    const { server, events } = await start(directory);
    const file = path.join(directory, "service.ts");
    const source = await readFile(file, "utf8");
    const status = async () => (await get(`${server.url}/v1.0/everything`)).status;
    expect(await status()).toBe(403);

    const everything = `everything: {
      description: "List all active products",
      entry: "src/handlers/list-products.ts",
      routes: ["GET /v1.0/everything"], auth: "none",
      tables: { products: [{ allow: ["Query"], index: "ActiveProductsIndex" }] },
    },
    get: {`;
    const more = source.replace("get: {", everything);
    const { functions } = await save(events, "reloaded", file, more);
    expect(functions).toContain("everything");
    expect(await status()).toBe(200);

    const { error } = await save(events, "not-reloaded", file, more.replace("Query", "Qwery"));
    expect(error).toMatchObject({ code: "MANIFEST_INVALID" });
    expect(await status()).toBe(200);

    await save(events, "reloaded", file, source);
    expect(await status()).toBe(403);
  });

  it("tells of a route that is added to a function, too", async () => {
    const directory = await productCopy();
    const { server, events } = await start(directory);
    const file = path.join(directory, "service.ts");
    const source = await readFile(file, "utf8");
    const route = 'routes: ["GET /v1.0/products"]';
    const more = source.replace(route, `${route.slice(0, -1)}, "GET /v1.0/all"]`);
    const { functions } = await save(events, "reloaded", file, more);
    // It is told who may call which of its routes.
    expect(functions).toEqual(["list"]);
    expect((await get(`${server.url}/v1.0/all`)).status).toBe(200);
  });

  it("is filled with sample data once, keeps it, and is emptied by a reset", async () => {
    const directory = await productCopy();
    const sample = JSON.parse(await readFile(path.join(directory, "sample-data.json"), "utf8"));
    const count = Object.values<unknown[]>(sample).flat().length;
    const names = async ({ url }: DevServer) => {
      const response = await get(`${url}/v1.0/products?limit=100`);
      const { products } = (await response.json()) as { products: { name: string }[] };
      return products.map(({ name }) => name).toSorted();
    };

    const first = await start(directory, { memory: false, sampleData: true });
    expect(first.events.of("sample-data")).toEqual([{ type: "sample-data", sent: count }]);
    expect(first.server.dataDirectory).toBe(path.join(directory, ".lambdakit", "data"));
    await first.server.stop();

    const second = await start(directory, { memory: false, sampleData: true });
    expect(second.events.of("sample-data-kept")).toEqual([
      { type: "sample-data-kept", items: count },
    ]);
    expect(second.events.of("sample-data")).toEqual([]);
    expect(await names(second.server)).toHaveLength(count);
    await second.server.stop();

    const third = await start(directory, { memory: false, reset: true });
    expect(await names(third.server)).toEqual([]);
  });
});

describe("a server", { timeout }, () => {
  it("says where it serves, from which plan, and with which engine", async () => {
    const port = await freePort();
    const { server } = await start(await greeter(), { port });
    expect(server).toMatchObject({
      url: `http://127.0.0.1:${port}`,
      plan: { service: "greeter", environment: "dev" },
      engine: { endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) },
      dataDirectory: undefined,
    });
    expect(await greeting(server)).toBe("hello");
  });

  it("leaves nothing behind when it is stopped: no port, no engine, no files but data and cache", async () => {
    const directory = await greeter();
    const { server } = await start(directory, { memory: false });
    expect(await greeting(server)).toBe("hello");
    expect(existsSync(path.join(directory, ".lambdakit", "dev.json"))).toBe(true);
    await server.stop();
    await expect(get(server.url)).rejects.toThrow("fetch failed");
    await expect(tableApi(server.engine.endpoint, "ListTables", {})).rejects.toMatchObject({
      code: expect.stringMatching(/^ECONN(REFUSED|RESET)$/),
    });
    const left = await readdir(path.join(directory, ".lambdakit"), { recursive: true });
    expect(left.filter((name) => !name.startsWith("data")).toSorted()).toEqual([
      "build",
      "cache",
      path.join("cache", "entries.json"),
    ]);
    await server.stop();
  });

  it("keeps what is in the tables for the next one", async () => {
    const directory = await greeter();
    const table = "acme-greeter-guests-dev";
    const first = await start(directory, { memory: false });
    await tableApi(first.server.engine.endpoint, "PutItem", {
      TableName: table,
      Item: { PK: { S: "Ada" } },
    });
    await first.server.stop();
    const { server } = await start(directory, { memory: false });
    const { Count } = await tableApi(server.engine.endpoint, "Scan", { TableName: table });
    expect(Count).toBe(1);
  });

  it("tells what a function writes and why it fails, and the caller nothing", async () => {
    const { server, events } = await start(
      await greeter({
        "greet.ts": `export const handler = async () => {
          console.log("about to fail");
          throw new Error("no more words");
        };`,
      }),
    );
    const answer = await get(`${server.url}/greeting`);
    expect([answer.status, await answer.text()]).toEqual([
      502,
      '{"message": "Internal server error"}',
    ]);
    expect(await events.next("failed")).toMatchObject({
      function: "greet",
      message: expect.stringMatching(/^Error: no more words\n.*greet\.ts/),
    });
    expect(events.of("output").filter(({ platform }) => !platform)).toMatchObject([
      { function: "greet", line: expect.stringMatching(/\tINFO\tabout to fail$/) },
      { function: "greet", line: expect.stringMatching(/\tERROR\tInvoke Error\s.*no more words/) },
    ]);
  });

  it("serves a folder below /tmp, too, with its packages, where functions have a /tmp of their own", async () => {
    const directory = await greeter({
      "node_modules/words/package.json":
        '{ "name": "words", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
      "node_modules/words/index.js": 'export const word = "from a package";',
      "greet.ts": `
        import { word } from "words";
        export const handler = async () => ({ statusCode: 200, body: word });`,
    });
    const { server } = await start(directory);
    expect(await greeting(server)).toBe("from a package");
  });

  it("is reloaded when a file outside the service's folder is saved that goes into it", async () => {
    const root = await temporaryFolder({
      "service/service.ts": greeterManifest,
      "service/greet.ts": `import { text } from "../words/text.ts";
        export const handler = async () => ({ statusCode: 200, body: text });`,
      "words/text.ts": 'export const text = "hello";',
    });
    const { server, events } = await start(path.join(root, "service"));
    expect(await greeting(server)).toBe("hello");
    await save(events, "reloaded", path.join(root, "words/text.ts"), 'export const text = "bye";');
    expect(await greeting(server)).toBe("bye");
  });

  it("tells of no change where a file is saved that goes into no function", async () => {
    const directory = await greeter();
    const { server, events } = await start(directory);
    const file = path.join(directory, "greet.ts");
    await save(events, "reloaded", file, handlerSaying("first"));
    for (const note of ["one", "two", "three"]) {
      await writeFile(path.join(directory, "notes.txt"), note);
    }
    expect(await save(events, "reloaded", file, handlerSaying("second"))).toMatchObject({
      functions: ["greet"],
    });
    expect(await greeting(server)).toBe("second");
    expect(events.of("reloaded")).toHaveLength(2);
  });

  it("tells that all is well again when an edit is taken back that could not be served", async () => {
    const directory = await greeter();
    const { server, events } = await start(directory);
    const file = path.join(directory, "greet.ts");
    await save(events, "not-reloaded", file, "export const handler = ;");
    expect(await save(events, "reloaded", file, handlerSaying("hello"))).toMatchObject({
      functions: [],
    });
    expect(await greeting(server)).toBe("hello");
  });

  it("shows itself at /_console: what it serves, what is not as in AWS, and the tables", async () => {
    const { server } = await start(await greeter());
    expect(await greeting(server)).toBe("hello");
    const feed = await fetch(`${server.url}/_console/api/events`);
    let told = "";
    for await (const part of feed.body ?? []) {
      told += new TextDecoder().decode(part);
      if (told.includes("\n\nevent: everything") && told.endsWith("\n\n")) break;
    }
    const { facts, ...rest } = JSON.parse(/^data: (.*)$/m.exec(told)?.[1] ?? "{}");
    expect(JSON.stringify([facts, rest])).toContain('"service":"greeter"');
    expect(JSON.stringify([facts, rest])).toContain(`"engine":"${server.engine.name}"`);
    for (const lack of server.engine.lacks) expect(told).toContain(lack);
    const document = await get(`${server.url}/_console/api/openapi`);
    expect(await document.json()).toMatchObject({ info: { title: "greeter" } });
    const page = await fetch(`${server.url}/_console/api/page/guests`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-Lambdakit-Console": "1",
        Connection: "close",
      },
      body: "{}",
    });
    expect([page.status, await page.json()]).toMatchObject([200, { items: [] }]);
  });

  it("is Lambda's API too, on the same port", async () => {
    const { server } = await start(await greeter());
    const invoke = `${server.url}/2015-03-31/functions/acme-greeter-greet-dev/invocations`;
    expect(await (await post(invoke, {})).json()).toEqual({ statusCode: 200, body: "hello" });
  });

  it("is not reloaded into a table that has other keys, and serves on as it was", async () => {
    const directory = await greeter();
    const { server, events } = await start(directory);
    const file = path.join(directory, "service.ts");
    const { error } = await save(events, "not-reloaded", file, otherKeys);
    expect(error).toMatchObject({ code: "TABLE_DIFFERS" });
    expect(await greeting(server)).toBe("hello");
  });

  it("tells nothing of its engine when it is stopped itself", async () => {
    const { server, events } = await start(await greeter());
    await server.stop();
    expect(events.of("engine-ended")).toEqual([]);
  });

  it("takes away the bundles of processes that are dead, and no others", async () => {
    const directory = await greeter({
      // Larger than any process id of Linux.
      ".lambdakit/build/4194305.1/old.mjs": "",
      ".lambdakit/build/not-a-process/old.mjs": "",
      ".lambdakit/build/1.1/other.mjs": "",
    });
    await start(directory);
    const left = await readdir(path.join(directory, ".lambdakit/build"));
    expect(left.map((name) => Number.parseInt(name, 10)).toSorted()).toEqual(
      [1, process.pid].toSorted(),
    );
  });
});

describe("a server that cannot be started", { timeout }, () => {
  /** The reason; after it nothing is left running, and no file that says so. */
  async function refusal(directory: string, options: Options = {}): Promise<unknown> {
    const port = options.port ?? (await freePort());
    const error = await start(directory, { ...options, port }).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (options.port === undefined) await expect(get(`http://127.0.0.1:${port}`)).rejects.toThrow();
    expect(existsSync(path.join(directory, ".lambdakit", "dev.json"))).toBe(false);
    const builds = await readdir(path.join(directory, ".lambdakit", "build")).catch(() => []);
    expect(builds).toEqual([]);
    return error;
  }

  it("says that there is no manifest", async () => {
    const directory = await temporaryFolder();
    expect(await refusal(directory)).toMatchObject({ code: "MANIFEST_NOT_FOUND" });
    expect(await readdir(directory)).toEqual([]);
  });

  it("says what is wrong in a handler", async () => {
    const directory = await greeter({ "greet.ts": "export const handler = ;" });
    expect(await refusal(directory, { memory: false })).toMatchObject({
      code: "BUNDLE_FAILED",
      message: expect.stringContaining("greet.ts:1:23"),
    });
  });

  it("says that its port is in use", async () => {
    const holder = await listen(createServer(), 0);
    onTestFinished(() => holder.close());
    expect(await refusal(await greeter(), { port: holder.port })).toMatchObject({
      code: "DEV_PORT_IN_USE",
    });
  });

  it("says that another one works on the same data, unless it wants none of it", async () => {
    const directory = await greeter();
    const first = await start(directory, { memory: false });
    const lock = path.join(directory, ".lambdakit", "dev.json");
    const before = await readFile(lock, "utf8");
    await expect(start(directory, { memory: false })).rejects.toMatchObject({
      code: "DEV_ALREADY_RUNNING",
    });
    expect(await readFile(lock, "utf8")).toBe(before);
    expect(await greeting(first.server)).toBe("hello");
    await first.server.stop();
    const second = await start(directory, { memory: false });
    expect(await greeting(second.server)).toBe("hello");
  });

  it("says that a kept table has other keys, until it is reset", async () => {
    const directory = await greeter();
    await (await start(directory, { memory: false })).server.stop();
    await writeFile(path.join(directory, "service.ts"), otherKeys);
    expect(await refusal(directory, { memory: false })).toMatchObject({ code: "TABLE_DIFFERS" });
    const { server } = await start(directory, { memory: false, reset: true });
    expect(await greeting(server)).toBe("hello");
  });

  it("says that the service has no sample data", async () => {
    const directory = await greeter();
    expect(await refusal(directory, { sampleData: true })).toMatchObject({
      code: "DEV_SAMPLE_DATA",
      message: "service.ts names no sample data.",
      fix: 'add sampleData: "sample-data.json"',
    });
  });

  it("says that the service refuses its sample data", async () => {
    const directory = await greeter({
      "service.ts": greeterManifest.replace('name: "greeter",', '$& sampleData: "data.json",'),
      "data.json": '{ "POST /greeting": [{}] }',
    });
    expect(await refusal(directory, { sampleData: true })).toMatchObject({
      code: "DEV_SAMPLE_DATA",
      message: expect.stringContaining("POST /greeting is not a route of this service"),
    });
  });

  it("says that nobody answers at DYNAMODB_ENDPOINT", async () => {
    vi.stubEnv("DYNAMODB_ENDPOINT", `http://127.0.0.1:${await freePort()}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await refusal(await greeter(), { ownEngine: false })).toMatchObject({
      code: "ENGINE_UNREACHABLE",
    });
  });
});

describe("two servers of one folder in one process", { timeout }, () => {
  it("do not take each other's bundles away", async () => {
    const directory = await greeter();
    const [one, other] = [await start(directory), await start(directory)];
    await one.server.stop();
    expect(await greeting(other.server)).toBe("hello");
  });
});
