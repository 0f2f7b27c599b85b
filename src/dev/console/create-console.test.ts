import { once } from "node:events";
import { type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  getItem,
  happen,
  productPlan,
  putItem,
  type Served,
  serveConsole,
  withTables,
} from "../../../test/integration/console-harness.ts";
import { LambdakitError } from "../../errors/index.ts";
import type { DevEvent } from "../dev-event.ts";
import type { Told } from "./console-state.ts";
import type { RequestDetail } from "./request-log.ts";

const plan = productPlan(`console-${process.pid}-${Date.now()}`);
const table = "products";

let dropTables: () => Promise<void>;
let served: Served;
beforeAll(async () => {
  dropTables = await withTables(plan);
});
afterAll(() => dropTables());
beforeEach(async () => {
  served = await serveConsole(plan);
});
afterEach(() => served.stop());

interface Asked {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Sends a request as it is: `fetch` would refuse some of these headers. */
async function ask(path: string, { method = "GET", headers = {}, body }: Asked = {}) {
  const call = request(served.url + path, { method, headers, agent: false });
  call.end(body);
  const [response] = (await once(call, "response")) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, text: await text(response) };
}

const ours = { "X-Lambdakit-Console": "1", "Content-Type": "application/json" };

async function write(path: string, body: unknown, headers: OutgoingHttpHeaders = ours) {
  const answer = await ask(`/_console/api/${path}`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { ...answer, json: JSON.parse(answer.text) };
}

/** Reads the live feed, message by message. */
async function openFeed() {
  const call = request(`${served.url}/_console/api/events`, { agent: false });
  call.end();
  const [response] = (await once(call, "response")) as [IncomingMessage];
  response.setEncoding("utf8");
  const chunks = response[Symbol.asyncIterator]();
  let unread = "";
  return {
    close: () => call.destroy(),
    async next(): Promise<{ event: string; told: Told }> {
      for (let searched = 0; ; ) {
        const end = unread.indexOf("\n\n", searched);
        if (end >= 0) {
          const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(unread.slice(0, end)) ?? [];
          unread = unread.slice(end + 2);
          searched = 0;
          if (event !== undefined) return { event, told: JSON.parse(data ?? "") };
          continue;
        }
        searched = Math.max(0, unread.length - 1);
        const { value, done } = await chunks.next();
        if (done) throw new Error("The feed has ended.");
        unread += value;
      }
    },
  };
}

async function everything(): Promise<Told> {
  const feed = await openFeed();
  const { told } = await feed.next();
  feed.close();
  return told;
}

async function detail(id: number): Promise<RequestDetail> {
  return JSON.parse((await ask(`/_console/api/requests/${id}`)).text);
}

describe("the console's files", () => {
  it("are a page, its style and its scripts, each with its type", async () => {
    const page = await ask("/_console");
    expect(page.status).toBe(200);
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    const named = [...page.text.matchAll(/(?:src|href)="(\/_console\/[^"]+)"/g)].map(
      ([, path]) => path ?? "",
    );
    const types = await Promise.all(
      named.map(async (path) => (await ask(path)).headers["content-type"]),
    );
    expect(types).toEqual([
      "image/svg+xml",
      "text/css; charset=utf-8",
      "text/javascript; charset=utf-8",
    ]);
  });

  it("are less than 60 KB together, compressed, with every module that the page loads", async () => {
    const pending = ["index.html", "console.css", "icon.svg", "main.js"];
    const sizes = new Map<string, number>();
    for (const name of pending) {
      const plain = await ask(`/_console/${name}`);
      expect([name, plain.status]).toEqual([name, 200]);
      const packed = await ask(`/_console/${name}`, { headers: { "Accept-Encoding": "gzip, br" } });
      expect(packed.headers["content-encoding"]).toBe("gzip");
      sizes.set(name, Number(packed.headers["content-length"]));
      for (const [, imported = ""] of plain.text.matchAll(/from "\.\/([\w.-]+)"/g)) {
        if (!pending.includes(imported)) pending.push(imported);
      }
    }
    expect(sizes.size).toBeGreaterThan(10);
    expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(60 * 1024);
  });

  it("are sent again only when they have changed", async () => {
    const first = await ask("/_console/main.js");
    const headers = { "If-None-Match": first.headers.etag };
    expect(await ask("/_console/main.js", { headers })).toMatchObject({ status: 304, text: "" });
    const other = { "If-None-Match": '"other"' };
    expect((await ask("/_console/main.js", { headers: other })).status).toBe(200);
  });

  it.each([
    "/_console/nothing.js",
    "/_console/..%2Fcreate-console.ts",
    "/_console/tsconfig.json",
    "/_console/api",
    "/_console/api/nothing",
    "/_console/api/constructor",
  ])("are all that there is: %s is not found", async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it("can only be read", async () => {
    for (const method of ["PUT", "POST", "DELETE"]) {
      const answer = await ask("/_console/main.js", { method, headers: ours });
      expect(answer.status).toBe(405);
    }
  });
});

describe("another page", () => {
  const page = "/_console/api/requests/1";

  it.each<[string, OutgoingHttpHeaders]>([
    ["a name that points here", { Host: "attacker.example:3000" }],
    ["a name that starts like ours", { Host: "localhost.attacker.example" }],
    ["another address of this machine", { Host: "192.168.1.10:3000" }],
    ["another site's script", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors" }],
    ["another port's script", { "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors" }],
    ["another origin", { Origin: "http://localhost:5173" }],
    ["an origin that is hidden", { Origin: "null" }],
    [
      "a frame",
      { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe" },
    ],
  ])("is refused by what browsers tell of it: %s", async (_, headers) => {
    happen(served.console);
    for (const path of ["/_console", page, "/_console/api/events", "/_console/api/openapi"]) {
      const answer = await ask(path, { headers });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.text).not.toContain("products");
    }
    const answer = await write("clear", {}, { ...ours, ...headers });
    expect(answer.status).toBe(403);
    expect((await everything()).requests).toHaveLength(1);
  });

  it("cannot write as a form does, without the header of ours or with another type of body", async () => {
    await putItem(plan, { PK: { S: "SAFE" }, SK: { S: "1" } });
    const item = { PK: { S: "SAFE" }, SK: { S: "1" } };
    for (const headers of [
      { "Content-Type": "application/json" },
      { ...ours, "Content-Type": "text/plain" },
      { "X-Lambdakit-Console": "1" },
    ]) {
      const answer = await write(`item/${table}`, { before: item, after: null }, headers);
      expect(answer.status).toBe(403);
    }
    expect(await getItem(plan, item)).toEqual(item);
  });

  it.each(["HEAD", "PUT", "DELETE"])("cannot get round it with the method %s", async (method) => {
    happen(served.console);
    expect((await ask("/_console/api/clear", { method })).status).toBe(403);
    expect((await ask("/_console/api/clear", { method, headers: ours })).status).toBe(404);
    expect((await everything()).requests).toHaveLength(1);
  });

  it("may link to the console", async () => {
    const headers = {
      "Sec-Fetch-Site": "cross-site",
      "Sec-Fetch-Mode": "navigate",
      "Sec-Fetch-Dest": "document",
    };
    expect((await ask("/_console", { headers })).status).toBe(200);
  });

  it("can neither frame it, nor read it, nor have it load anything from elsewhere", async () => {
    for (const path of ["/_console", "/_console/main.js", page, "/_console/nothing"]) {
      const { headers } = await ask(path, { headers: { Origin: served.url } });
      expect(headers["content-security-policy"]).toMatch(/^default-src 'self';/);
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["content-security-policy"]).not.toContain("unsafe");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  it("is not the console's own page, whichever of our names it was opened by", async () => {
    for (const host of ["localhost:3000", "127.0.0.1:3000", "localhost"]) {
      const headers = { Host: host, Origin: `http://${host}`, "Sec-Fetch-Site": "same-origin" };
      expect((await write("clear", {}, { ...ours, ...headers })).status).toBe(200);
    }
  });
});

const denied = {
  type: "access-denied",
  function: "list",
  action: "dynamodb:PutItem",
  resource: "arn:aws:dynamodb:eu-west-1:123456789012:table/products-dev",
  message: "is not authorized",
} as const;

describe("what happens", () => {
  it("is told to every open page: all of it first, and then what changes", async () => {
    happen(served.console, { path: "/v1.0/first" });
    const [one, other] = [await openFeed(), await openFeed()];
    for (const feed of [one, other]) {
      const { event, told } = await feed.next();
      expect(event).toBe("everything");
      expect(told).toMatchObject({ cleared: true, requests: [{ path: "/v1.0/first" }] });
      expect(told.service).toMatchObject({ service: "product", environment: "dev" });
    }
    happen(served.console, { path: "/v1.0/second", initMilliseconds: 120 });
    for (const feed of [one, other]) {
      const { event, told } = await feed.next();
      expect(event).toBe("changes");
      expect(told.requests).toEqual([
        expect.objectContaining({
          id: 2,
          method: "GET",
          path: "/v1.0/second",
          status: 200,
          function: "list",
          failed: false,
          initMilliseconds: 120,
        }),
      ]);
      expect(told).not.toHaveProperty("service");
      expect(told).not.toHaveProperty("cleared");
      feed.close();
    }
  });

  it("is told to those who were there, before somebody else comes", async () => {
    const first = await openFeed();
    await first.next();
    happen(served.console);
    const second = await openFeed();
    expect((await first.next()).told.requests).toHaveLength(1);
    expect((await second.next()).told.requests).toHaveLength(1);
    happen(served.console);
    for (const feed of [first, second]) {
      expect((await feed.next()).told.requests.map(({ id }) => id)).toEqual([2]);
      feed.close();
    }
  });

  it("has the engine, as soon as there is one", async () => {
    served.engine = "starting";
    const feed = await openFeed();
    expect((await feed.next()).told.service?.engine).toBe("starting");
    served.engine = "dynoxide";
    served.console.refresh();
    expect((await feed.next()).told.service?.engine).toBe("dynoxide");
    feed.close();
  });

  it("is told together where it happens together", async () => {
    const feed = await openFeed();
    await feed.next();
    for (const _ of Array(50).keys()) happen(served.console);
    expect((await feed.next()).told.requests).toHaveLength(50);
    feed.close();
  });

  it("is cleared for everybody", async () => {
    happen(served.console);
    const feed = await openFeed();
    await feed.next();
    await write("clear", {});
    expect((await feed.next()).told).toMatchObject({ cleared: true, requests: [] });
    feed.close();
    expect((await everything()).requests).toEqual([]);
    expect((await ask("/_console/api/requests/1")).status).toBe(404);
  });

  it("is put together from what the gateway and the host tell, in any order", async () => {
    const requestId = happen(served.console, { ok: false, status: 502, lines: ["one", "two"] });
    served.console.onEvent({ type: "failed", function: "list", message: "why", requestId });
    expect((await everything()).requests).toHaveLength(1);
    expect(await detail(1)).toMatchObject({
      status: 502,
      failed: true,
      failure: "why",
      lines: ["one", "two"],
      report: { requestId, memoryMb: 256, maxMemoryUsedMb: 81 },
    });
  });

  it("has invocations that nobody asked for over HTTP", async () => {
    const { onEvent } = served.console;
    happen({ onEvent: (event) => event.type === "request" || onEvent(event) });
    const [request] = (await everything()).requests;
    expect(request).toMatchObject({ method: "INVOKE", path: "", status: null, function: "list" });
    expect(request?.milliseconds).toBeCloseTo(11.3);
  });

  it("has a failure before its report, and none that belongs to no request", async () => {
    const { onEvent } = served.console;
    onEvent({ type: "failed", function: "get", message: "init", requestId: "r-1" });
    onEvent({ type: "failed", function: "get", message: "of no request" });
    expect((await everything()).requests).toEqual([
      expect.objectContaining({ function: "get", failed: true, milliseconds: 0 }),
    ]);
  });

  it("takes a cold start from the gateway, where the host has told nothing", async () => {
    const access = { method: "GET", path: "/", status: 502, milliseconds: 5, function: "list" };
    served.console.onEvent({ type: "request", access: { ...access, initMilliseconds: 99 } });
    served.console.onEvent({ type: "request", access: { ...access, function: "get" } });
    const { requests } = await everything();
    expect(requests.map((one) => one.initMilliseconds)).toEqual([99, null]);
    expect(await detail(1)).toMatchObject({ requestId: null, report: null, failure: null });
  });

  it("forgets a request as a whole: what is told of it later is another one", async () => {
    const requestId = happen(served.console);
    for (const _ of Array(500).keys()) happen(served.console);
    served.console.onEvent({ type: "failed", function: "list", message: "late", requestId });
    const { requests } = await everything();
    expect(requests).toHaveLength(500);
    expect(requests.at(-1)).toMatchObject({ id: 502, failed: true });
  });

  it("counts for each function, with its percentiles and its environments", async () => {
    for (const milliseconds of Array(100).keys()) {
      happen(served.console, { milliseconds: milliseconds + 2, ok: milliseconds > 1 });
    }
    happen(served.console, { function: "get", initMilliseconds: 140, milliseconds: 151 });
    served.environments = [
      { function: "get", busy: true },
      { function: "list", busy: false },
    ];
    const [list, get, create] = (await everything()).functions;
    expect(list).toEqual({
      function: "list",
      invocations: 100,
      errors: 2,
      coldStarts: 0,
      durationP50Milliseconds: 50,
      durationP95Milliseconds: 95,
      initP50Milliseconds: null,
      maxMemoryUsedMb: 81,
      busy: 0,
      idle: 1,
    });
    expect(get).toMatchObject({ coldStarts: 1, initP50Milliseconds: 140, busy: 1, idle: 0 });
    expect(create).toMatchObject({ invocations: 0, maxMemoryUsedMb: null, busy: 0, idle: 0 });
  });

  it.each([
    { type: "environment-started", function: "list", environment: "e" },
    { type: "environment-ended", function: "list", environment: "e" },
    { type: "output", function: "list", line: "START …", platform: true, requestId: "r" },
  ] as const)(
    "tells how many environments are busy when one may have changed: $type",
    async (event) => {
      const feed = await openFeed();
      await feed.next();
      served.environments = [{ function: "list", busy: true }];
      served.console.onEvent(event);
      expect((await feed.next()).told.functions[0]).toMatchObject({ busy: 1, idle: 0 });
      feed.close();
    },
  );

  it("does not tell what no page shows", async () => {
    const feed = await openFeed();
    await feed.next();
    served.console.onEvent({ type: "output", function: "list", line: "x", platform: false });
    served.console.onEvent({ type: "sample-data", sent: 5 });
    happen(served.console);
    expect((await feed.next()).told.requests).toHaveLength(1);
    feed.close();
  });

  it("says what is wrong with new code, each problem with its place and what to write", async () => {
    const feed = await openFeed();
    await feed.next();
    const place = { file: "service.ts", line: 12, column: 5 };
    const problem = {
      code: "MANIFEST_TOO_LARGE",
      path: ["functions", "list"],
      message: "too much",
    };
    const problems = [
      { ...problem, fix: "write less", place },
      { ...problem, fix: "write nothing" },
    ] as unknown as LambdakitError["problems"];
    const error = new LambdakitError("MANIFEST_INVALID", { message: "m", fix: "f", problems });
    served.console.onEvent({ type: "not-reloaded", error });
    const { told } = await feed.next();
    expect(told.notices).toHaveLength(1);
    expect(told.notices?.[0]).toMatchObject({
      kind: "bad",
      title: "Not reloaded: the last good code keeps serving",
      details: [
        "service.ts:12:5\ntoo much\nfix: write less",
        "functions.list\ntoo much\nfix: write nothing",
      ],
    });
    served.console.onEvent({ type: "not-reloaded", error: new TypeError("x") });
    expect((await feed.next()).told.notices?.[0]?.details).toEqual(["TypeError: x"]);
    const plain = new LambdakitError("BUNDLE_FAILED", { message: "no bundle", fix: "save it" });
    served.console.onEvent({ type: "not-reloaded", error: plain });
    expect((await feed.next()).told.notices?.[0]?.details).toEqual(["no bundle\nfix: save it"]);
    served.console.onEvent({ type: "reloaded", functions: ["list", "get"], milliseconds: 12.4 });
    expect((await feed.next()).told.notices?.[0]?.title).toBe("Reloaded list, get in 12 ms");
    served.console.onEvent({ type: "reloaded", functions: [], milliseconds: 12.4 });
    const reloaded = (await feed.next()).told;
    expect(reloaded.notices?.[0]).toMatchObject({
      kind: "good",
      title: "Reloaded the plan in 12 ms",
    });
    expect(reloaded.service).toBeDefined();
    feed.close();
  });

  it.each<[DevEvent, string, string]>([
    [
      {
        type: "type-problems",
        restored: true,
        problems: [{ file: "/a.ts", line: 1, column: 2, code: "TS2322", message: "no" }],
      },
      "Wrong types: the last good code serves",
      "/a.ts:1:2\nTS2322: no",
    ],
    [
      {
        type: "type-problems",
        restored: false,
        problems: [{ file: "/a.ts", line: 1, column: 2, code: "TS2322", message: "no" }],
      },
      "Wrong types: this code serves",
      "/a.ts:1:2\nTS2322: no",
    ],
    [
      { ...denied, fix: 'allow: ["PutItem"]' },
      "The role of list does not allow dynamodb:PutItem",
      'is not authorized\nfix: allow: ["PutItem"]',
    ],
    [
      { ...denied, fix: null },
      "The role of list does not allow dynamodb:PutItem",
      "is not authorized",
    ],
    [
      { type: "engine-restarted", reason: "SIGKILL", milliseconds: 80.4 },
      "The table engine was started again in 80 ms",
      "SIGKILL",
    ],
    [{ type: "engine-ended", reason: "SIGKILL" }, "The table engine has ended", "SIGKILL"],
  ])("says what else happened to the service: $0.type", async (event, title, text) => {
    const feed = await openFeed();
    await feed.next();
    served.console.onEvent(event);
    const { told } = await feed.next();
    expect(told.notices).toEqual([expect.objectContaining({ title, details: [text] })]);
    expect(told.service).toBeUndefined();
    feed.close();
    expect((await everything()).notices).toEqual(told.notices);
  });

  it("says what is wrong with the code and at the tables side by side, until the next reload", async () => {
    served.console.onEvent({ type: "not-reloaded", error: new Error("x") });
    served.console.onEvent({ ...denied, fix: null });
    expect((await everything()).notices?.map(({ about }) => about)).toEqual(["code", "tables"]);
    served.console.onEvent({ type: "reloaded", functions: [], milliseconds: 1 });
    expect((await everything()).notices?.map(({ kind }) => kind)).toEqual(["good"]);
  });

  it("ends the feed with the service, and there is no other then", async () => {
    const feed = await openFeed();
    await feed.next();
    served.console.close();
    await expect(feed.next()).rejects.toThrow("The feed has ended.");
    expect((await ask("/_console/api/events")).status).toBe(503);
  });

  it("is cut off from a page that does not read, and from no other", async () => {
    const [lazy, eager] = [await openFeed(), await openFeed()];
    await lazy.next();
    await eager.next();
    const path = `/${"long".repeat(5000)}`;
    for (const _ of Array(3).keys()) {
      for (const _ of Array(500).keys()) happen(served.console, { path });
      expect((await eager.next()).told.requests).toHaveLength(500);
    }
    const readOn = async () => {
      for (;;) await lazy.next();
    };
    await expect(readOn()).rejects.toMatchObject({ code: "ECONNRESET" });
    eager.close();
  }, 60_000);
});

describe("what is kept", () => {
  it("is the last 500 requests", async () => {
    for (const _ of Array(600).keys()) happen(served.console);
    const { requests } = await everything();
    expect(requests.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, n) => n + 101));
  });

  it("is the first and the last hundred lines of a request, and says how many are not", async () => {
    happen(served.console, { lines: Array.from({ length: 1000 }, (_, n) => `line ${n}`) });
    const { lines, linesDropped } = await detail(1);
    expect([lines.length, linesDropped]).toEqual([200, 800]);
    expect([lines[0], lines[99], lines[100], lines[199]]).toEqual([
      "line 0",
      "line 99",
      "line 900",
      "line 999",
    ]);
  });

  it("is the first 64 K characters of a line, and 256 K of a request", async () => {
    happen(served.console, { lines: Array(6).fill("é".repeat(100_000)) });
    const { lines, linesDropped } = await detail(1);
    expect(lines.map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 65_536]);
    expect(linesDropped).toBe(6);
  });

  it("is 16 M characters of log altogether: the oldest requests lose theirs", async () => {
    const lines = Array(4).fill("x".repeat(60_000));
    for (const _ of Array(80).keys()) happen(served.console, { lines });
    expect(await detail(1)).toMatchObject({ lines: [], linesDropped: 4 });
    expect((await detail(80)).lines).toHaveLength(4);
    await write("clear", {});
    for (const _ of Array(80).keys()) happen(served.console, { lines });
    expect((await detail(81)).lines).toEqual([]);
    for (const _ of Array(600).keys()) happen(served.console);
    happen(served.console, { lines });
    expect((await detail(761)).lines).toHaveLength(4);
  });
});

describe("the colours of the page", () => {
  /** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const digits =
        colour.length === 4 ? `${colour[(at + 1) / 2]}`.repeat(2) : colour.slice(at, at + 2);
      const share = Number.parseInt(digits, 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string) => {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  it.each([0, 1])(
    "have the contrast that WCAG AA asks of text, light and dark: %i",
    async (scheme) => {
      const { text: css } = await ask("/_console/console.css");
      const [, block = ""] = [...css.matchAll(/:root \{([^}]+)\}/g)][scheme] ?? [];
      const colours = new Map(
        [...block.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name = "", value = ""]) => [
          name,
          value,
        ]),
      );
      const pairs = ["text", "quiet", "link", "good", "warn", "bad"].flatMap((text) =>
        ["ground", "panel", "hover", "chosen"].map((ground) => [text, ground]),
      );
      pairs.push(["on-link", "link"], ["text", "bad-ground"], ["text", "good-ground"]);
      const poor = pairs.filter(
        ([text = "", ground = ""]) =>
          contrast(colours.get(text) ?? "", colours.get(ground) ?? "") < 4.5,
      );
      expect(colours.size).toBeGreaterThan(12);
      expect(poor).toEqual([]);
    },
  );
});

describe("a table", () => {
  const item = { PK: { S: "P#1" }, SK: { S: "1" }, price: { N: "99.9" }, tags: { SS: ["a", "b"] } };
  const key = { PK: { S: "P#1" }, SK: { S: "1" } };
  const put = (before: unknown, after: unknown) => write(`item/${table}`, { before, after });
  beforeEach(() => putItem(plan, item));

  it("gives its items by partition key, typed as DynamoDB has them", async () => {
    const { status, json } = await write(`page/${table}`, { partitionKey: "P#1" });
    expect([status, json]).toEqual([200, { items: [item], next: null }]);
  });

  it("gives all items in pages, from the table or an index", async () => {
    for (const number of Array(60).keys()) {
      const id = { S: `I#${String(number).padStart(2, "0")}` };
      await putItem(plan, { PK: id, SK: id, active: { S: "indexed" }, createdAt: id });
    }
    const question = { index: "ActiveProductsIndex", partitionKey: "indexed" };
    const first = await write(`page/${table}`, question);
    expect(first.json.items).toHaveLength(50);
    const second = await write(`page/${table}`, { ...question, after: first.json.next });
    expect(second.json).toMatchObject({ next: null, items: { length: 10 } });
    const scan = await write(`page/${table}`, { index: null });
    expect(scan.json.items).toHaveLength(50);
    expect(scan.json.next).not.toBeNull();
  });

  it("changes what was edited, and keeps what somebody adds to the item at the same time", async () => {
    const { price: _, ...rest } = item;
    const after = { ...rest, name: { S: "new" }, tags: { SS: ["a"] } };
    const { status, json } = await put(item, after);
    expect([status, json]).toEqual([200, { item: after }]);
    expect(await getItem(plan, key)).toEqual(after);
  });

  it.each<[string, unknown]>([
    ["changed", { ...item, price: { N: "1" } }],
    ["added to", { ...item, more: { S: "x" } }],
    ["deleted", null],
  ])("refuses to change or delete an item that was %s since it was read", async (how, now) => {
    if (now === null) await put(item, null);
    else await putItem(plan, now as typeof item);
    for (const after of [{ ...item, price: { N: "2" } }, null]) {
      const { status, json } = await put(item, after);
      expect(status).toBe(409);
      expect(json.current).toEqual(now);
      expect(json.message).toContain(how === "deleted" ? "deleted" : "changed");
    }
  });

  it("loses no change of many that are made at once", async () => {
    const changes = Array.from({ length: 8 }, (_, n) => ({ ...item, price: { N: String(n) } }));
    const answers = await Promise.all(changes.map((after) => put(item, after)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(7);
    expect(await getItem(plan, key)).toEqual(changes[statuses.indexOf(200)]);
  });

  it("refuses to add an item where one is", async () => {
    const { status, json } = await put(null, { ...key, other: { BOOL: true } });
    expect([status, json.message]).toEqual([409, "An item with this key is there already."]);
    expect(await getItem(plan, key)).toEqual(item);
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ["another key", item, { ...item, SK: { S: "2" } }, /key of an item cannot be changed/],
    ["no sort key", null, { PK: { S: "P#9" } }, /needs its key: "SK": {"S": "…"}/],
    ["a key of another type", null, { ...key, PK: { N: "1" } }, /needs its key: "PK"/],
    ["nothing at all", null, null, /needs its key/],
    ["what is no item", item, "text", /"after" is neither an item nor null/],
    ["a number that is none", item, { ...item, price: { N: "x" } }, /^ValidationException: /],
  ])("refuses %s, and says why", async (_, before, after, message) => {
    const { status, json } = await put(before, after);
    expect([status, json.message]).toEqual([400, expect.stringMatching(message)]);
    expect(await getItem(plan, key)).toEqual(item);
  });

  it("is one of the plan's: no other can be reached", async () => {
    for (const name of ["other", "constructor", encodeURIComponent("../x")]) {
      expect((await write(`page/${name}`, {})).status).toBe(404);
      expect((await write(`item/${name}`, { before: null, after: item })).status).toBe(404);
    }
    expect((await write(`page/${table}`, { index: "Other" })).status).toBe(404);
    expect((await write("page/%ff", {})).status).toBe(400);
  });

  it("says so where the engine is gone", async () => {
    const before = served.tableEndpoint;
    served.tableEndpoint = "http://127.0.0.1:1";
    const { status, json } = await write(`page/${table}`, {});
    expect([status, json.message]).toEqual([502, expect.stringContaining("does not answer")]);
    served.tableEndpoint = before;
  });
});

describe("a body", () => {
  it.each(["", "{", "[]", "1", "null"])("that is no JSON object is refused: %j", async (body) => {
    expect((await write("page/products", body)).status).toBe(400);
  });

  it("that is too long is refused, and ends the connection", async () => {
    const body = JSON.stringify({ before: "x".repeat(5 * 1024 * 1024) });
    const answer = await write("item/products", body).catch((error) => error);
    // The answer may come while the rest is still being sent.
    if (answer instanceof Error) expect(answer.message).toMatch(/EPIPE|ECONNRESET|hang up/);
    else expect(answer.status).toBe(413);
    expect((await ask("/_console")).status).toBe(200);
  });
});

describe("a curl line", () => {
  it("is made of what a form would send", async () => {
    const { json } = await write("curl", {
      method: "PUT",
      url: "http://127.0.0.1:3000/a?b=1",
      headers: [
        ["If-Match", '"1"'],
        ["X-Empty", ""],
      ],
      body: "it's",
    });
    expect(json.line).toBe(
      [
        "curl -X PUT 'http://127.0.0.1:3000/a?b=1'",
        `-H 'If-Match: "1"'`,
        "-H 'X-Empty;'",
        "-d 'it'\\''s'",
      ].join(" \\\n  "),
    );
  });

  it("sends a body that starts with @ as it is, and any method as one word", async () => {
    const request = { method: "GET;x", url: "http://127.0.0.1/", headers: [], body: "@file" };
    expect((await write("curl", request)).json.line).toBe(
      "curl -X 'GET;x' http://127.0.0.1/ \\\n  --data-raw '@file'",
    );
  });

  it.each([{}, { method: "GET" }, { method: "GET", url: "/", headers: "none" }])(
    "needs to know the request: %j",
    async (body) => {
      expect((await write("curl", body)).status).toBe(400);
    },
  );
});

describe("the OpenAPI document", () => {
  it("is the plan's", async () => {
    const { text } = await ask("/_console/api/openapi");
    expect(JSON.parse(text)).toMatchObject({ openapi: "3.1.0", info: { title: "product" } });
  });
});
