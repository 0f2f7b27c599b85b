import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LambdakitError } from "../../src/errors/index.ts";
import {
  getItem,
  happen,
  logLine,
  productPlan,
  putItem,
  type Served,
  serveConsole,
  type TypedItem,
  withTables,
} from "./console-harness.ts";

const found = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (file): file is string => file !== undefined && existsSync(file),
);
const runs = found !== undefined || process.env.CI === "true";
if (!runs) process.stderr.write("The console is not tested in a browser: no chromium here.\n");

/** A browser on a busy machine takes its time; nothing here waits longer than it has to. */
const timeout = 60_000;

const plan = productPlan(`products-${process.pid}`);
const screenshots = process.env.LAMBDAKIT_SCREENSHOTS ?? path.resolve(".lambdakit/screenshots");

let browser: Browser;
let dropTables: () => Promise<void>;
let served: Served;
let page: Page;
/** Errors that the page had, and addresses that it asked for. */
let faults: string[];
let asked: string[];
/** What a test expects to go wrong. */
let expected: RegExp | undefined;

const wide = { width: 1280, height: 800 };
const narrow = { width: 400, height: 800 };

async function open(hash = "", options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> {
  const opened = await browser.newPage({ viewport: wide, ...options });
  opened.setDefaultTimeout(timeout / 2);
  opened.on("pageerror", (error) => faults.push(error.message));
  opened.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  opened.on("request", (request) => asked.push(request.url()));
  await opened.goto(`${served.url}/_console${hash}`);
  await opened.locator("#connection[data-state=live]").waitFor();
  return opened;
}

const shownRows = () => page.locator("#rows tr:not([hidden])");
const patiently = { timeout: timeout / 2 };

async function untilRows(count: number): Promise<void> {
  await expect.poll(() => shownRows().count(), patiently).toBe(count);
}

/** The row that the keys are at. */
const focusedRow = () => page.locator("#rows tr:focus");

async function untilDetail(title: string): Promise<void> {
  await page.locator("#detail h2", { hasText: title }).waitFor();
}

const product: TypedItem = {
  PK: { S: "PRODUCT#PROD-1" },
  SK: { S: "METADATA" },
  active: { S: "true" },
  createdAt: { S: "2026-01-01T00:00:00.000Z" },
  name: { S: "Starter Site" },
  price: { N: "99.90" },
  sizes: { NS: ["1", "12345678901234567890.123456789"] },
  picture: { B: "AAECAwQ=" },
  features: { L: [{ S: "SSL" }, { M: { pages: { N: "10" } } }, { NULL: true }] },
};
const productKey: TypedItem = { PK: { S: "PRODUCT#PROD-1" }, SK: { S: "METADATA" } };

const failingLines = (requestId: string) => [
  `START RequestId: ${requestId} Version: $LATEST`,
  logLine({ message: "request received", route: "POST /v1.0/products", function_name: "x" }),
  logLine({ level: "WARN", message: "retrying", attempt: 2, waitMilliseconds: 40 }),
  "plain words of console.log",
  `2026-11-22T10:20:30.140Z\t${requestId}\tERROR\tInvoke Error \t${JSON.stringify({
    errorType: "TypeError",
    errorMessage: "price is not a number",
    stack: ["TypeError: price is not a number", "    at create (src/services/create.ts:12:9)"],
  })}`,
  `END RequestId: ${requestId}`,
  `REPORT RequestId: ${requestId}\tDuration: 41.20 ms\tBilled Duration: 42 ms\tMemory Size: 256 MB\tMax Memory Used: 81 MB`,
];

/** What a busy morning looks like. */
function traffic(): void {
  happen(served.console, { initMilliseconds: 143.2, milliseconds: 171.4 });
  for (const _ of Array(6).keys()) happen(served.console, { milliseconds: 6.4 });
  happen(served.console, {
    method: "POST",
    status: 201,
    function: "create",
    initMilliseconds: 120,
    milliseconds: 150,
  });
  happen(served.console, {
    method: "PUT",
    path: "/v1.0/products/PROD-ABC123",
    status: 412,
    function: "update",
  });
  served.console.onEvent({
    type: "request",
    access: { method: "GET", path: "/favicon.ico", status: 403, milliseconds: 0.4 },
  });
  happen(served.console, {
    method: "POST",
    status: 502,
    ok: false,
    function: "create",
    milliseconds: 43.1,
    lines: failingLines("8f3c2b1a-0000-4000-8000-000000000001"),
  });
}

/** A line of a function's that carries figures. */
const measuredLine = (
  route: string,
  figures: Readonly<Record<string, number>>,
  more: object = {},
) =>
  logLine({
    message: "request completed",
    http_status: 200,
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: "bbws-product",
          Dimensions: [["route"]],
          Metrics: Object.keys(figures).map((Name) => ({ Name, Unit: "Count" })),
        },
      ],
    },
    route,
    ...figures,
    ...more,
  });

/** A quarter of an hour with a deployment that went wrong in its middle, told as it would have been. */
function history(): void {
  const { console } = served;
  const end = Date.now();
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let second = 895; second >= 0; second -= 5) {
    served.now = () => end - second * 1000;
    const isBad = second < 480 && second > 360;
    const busy = Math.round(3 + 2 * Math.sin(second / 90) + random() * 3);
    for (const number of Array(busy).keys()) {
      const cold = (second === 895 && number < 2) || (second === 480 && number < 3);
      const milliseconds = (isBad ? 60 : 14) * (0.6 + random() + (random() > 0.94 ? 4 : 0));
      happen(console, {
        status: isBad && random() > 0.6 ? 500 : random() > 0.9 ? 400 : 200,
        milliseconds,
        ...(cold && { initMilliseconds: 140 }),
      });
      const route = number % 3 === 0 ? "POST /v1.0/products" : "GET /v1.0/products/{productId}";
      const line = measuredLine(route, {
        Latency: Math.round(milliseconds * 0.8),
        ...(number % 5 === 0 && { ValidationFailures: 1 }),
        ...(second % 30 === 0 && number === 0 && { Conflicts: 1 }),
        ...(second % 60 === 0 && number === 0 && { IdempotentReplays: 1, OrdersPlaced: 2 }),
      });
      console.onEvent({ type: "output", function: "list", line, platform: false });
      console.onEvent({
        type: "table-call",
        function: "list",
        operation: "GetItem",
        tables: ["products"],
        status: 200,
        milliseconds: 1,
        capacity: [{ table: "products", read: 0.5, write: number % 3 === 0 ? 2 : 0 }],
      });
    }
  }
  served.now = Date.now;
}

describe.runIf(runs)("the console page, in a browser", { timeout }, () => {
  beforeAll(async () => {
    dropTables = await withTables(plan);
    browser = await chromium.launch({
      ...(found && { executablePath: found }),
      // Whoever runs tests as root in a container has no sandbox for it; it opens nothing but this page.
      chromiumSandbox: false,
    });
  }, timeout);
  afterAll(async () => {
    await browser?.close();
    await dropTables?.();
  }, timeout);

  beforeEach(async () => {
    faults = [];
    asked = [];
    expected = undefined;
    served = await serveConsole(plan);
  });
  afterEach(async () => {
    await page?.close();
    await served.stop();
    const outside = asked.filter((url) => !url.startsWith(`${served.url}/`));
    expect(outside).toEqual([]);
    expect(faults.filter((fault) => expected?.test(fault) !== true)).toEqual([]);
  });

  describe("the requests", () => {
    it("come in while one looks, the newest first, and are there still after a reload", async () => {
      happen(served.console, { initMilliseconds: 143.2, milliseconds: 171.4 });
      page = await open();
      await untilRows(1);
      happen(served.console, { method: "POST", status: 201, function: "create" });
      await untilRows(2);
      await page.reload();
      await untilRows(2);
      const [newest, oldest] = await shownRows().allInnerTexts();
      expect(newest?.split("\t").slice(1)).toEqual([
        "POST",
        "/v1.0/products",
        "201",
        "12 ms",
        "create",
        "warm",
      ]);
      expect(oldest?.split("\t").slice(3)).toEqual(["200", "171 ms", "list", "cold 143 ms"]);
    });

    it("are told to a screen reader, some at a time", async () => {
      page = await open();
      happen(served.console, { path: "/v1.0/first" });
      happen(served.console, { path: "/v1.0/second" });
      const announced = page.locator("#announcement[aria-live=polite]");
      await announced.getByText("2 requests, the last: GET /v1.0/second 200").waitFor();
    });

    it("are moved through, opened and closed with the keys alone", async () => {
      for (const status of [200, 201, 404]) happen(served.console, { status });
      page = await open();
      await untilRows(3);
      await page.keyboard.press("j");
      await expect.poll(() => focusedRow().innerText(), patiently).toContain("404");
      await page.keyboard.press("ArrowDown");
      await expect.poll(() => focusedRow().innerText(), patiently).toContain("201");
      await page.keyboard.press("Enter");
      await untilDetail("201");
      await page.keyboard.press("j");
      await untilDetail("200");
      await page.keyboard.press("k");
      await page.keyboard.press("ArrowUp");
      await untilDetail("404");
      await page.keyboard.press("Escape");
      await page.locator("#detail").waitFor({ state: "hidden" });
      await expect.poll(() => focusedRow().innerText(), patiently).toContain("404");
    });

    it("are filtered by words, and the key for the filter is /", async () => {
      traffic();
      page = await open("#functions");
      await page.keyboard.press("/");
      await page.keyboard.type("POST create");
      await untilRows(2);
      await page.keyboard.type(" 502");
      await untilRows(1);
      expect(await page.locator("#count").innerText()).toBe("1 of 11");
      happen(served.console, { status: 204 });
      await page.locator("#count", { hasText: "1 of 12" }).waitFor();
      await page.keyboard.press("Escape");
      await untilRows(12);
    });

    it("stand still while paused, and come all at once afterwards", async () => {
      happen(served.console);
      page = await open();
      await untilRows(1);
      await page.keyboard.press("p");
      happen(served.console);
      happen(served.console);
      await page.locator("#count", { hasText: "1, 2 new" }).waitFor();
      await untilRows(1);
      await page.keyboard.press("p");
      await untilRows(3);
    });

    it("are cleared, on every open page", async () => {
      happen(served.console);
      page = await open();
      const other = await open();
      await untilRows(1);
      await other.keyboard.press("c");
      await untilRows(0);
      await page.locator("#no-requests").waitFor();
      await other.close();
    });

    it("keep to the last 500", async () => {
      for (const _ of Array(499).keys()) happen(served.console, { path: "/old" });
      page = await open();
      await untilRows(499);
      for (const _ of Array(5).keys()) happen(served.console, { path: "/new" });
      await page.locator("#rows tr", { hasText: "/new" }).nth(4).waitFor();
      await untilRows(500);
    });

    it("show of a failed one its error with the stack, its facts and its log, readable or raw", async () => {
      traffic();
      page = await open();
      await shownRows().first().click();
      await untilDetail("POST /v1.0/products 502");
      const detail = page.locator("#detail");
      expect(await detail.locator(".failure").innerText()).toBe(
        "TypeError: price is not a number\n    at create (src/services/create.ts:12:9)",
      );
      const facts = await detail.locator(".fact-list").innerText();
      expect(facts).toMatch(/Billed\s+44 ms\s/);
      expect(facts).toMatch(/Memory\s+81 of 256 MB/);
      const log = await detail.locator(".log li").allInnerTexts();
      expect(log).toHaveLength(7);
      expect(log[2]).toMatch(/WARN\s+retrying\s*attempt 2\s*waitMilliseconds 40/);
      expect(log[1]).not.toContain("function_name");
      await page.keyboard.press("r");
      const raw = await detail.locator("pre.raw").innerText();
      expect(raw).toContain('"waitMilliseconds":40}');
      await page.keyboard.press("r");
      await detail.locator(".log").waitFor();
    });

    it("show that the gateway answered alone", async () => {
      served.console.onEvent({
        type: "request",
        access: { method: "GET", path: "/nothing", status: 403, milliseconds: 0.4 },
      });
      page = await open();
      await shownRows().first().click();
      await page.getByText("The gateway answered by itself").waitFor();
    });
  });

  it("shows hostile names, paths and log lines as the text that they are", async () => {
    const hostile = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`;
    const path = `/v1.0/${hostile}`;
    const lines = [hostile, logLine({ message: hostile, [hostile]: hostile })];
    await putItem(plan, {
      ...productKey,
      PK: { S: "PRODUCT#HOSTILE" },
      name: { S: hostile },
      [hostile]: { S: hostile },
    });
    served.answer = (_, response) => response.setHeader("Content-Type", "text/html").end(hostile);
    happen(served.console, { path, function: hostile, ok: false, lines });
    served.console.onEvent({ type: "not-reloaded", error: new Error(hostile) });
    page = await open();
    await untilRows(1);
    await shownRows().first().click();
    await untilDetail(hostile);
    await page.locator("#detail .log", { hasText: hostile }).waitFor();
    await page.locator("#notices", { hasText: hostile }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("3");
    await page.locator("#key-value").fill("PRODUCT#HOSTILE");
    await page.keyboard.press("Enter");
    await page.locator("#items td", { hasText: hostile }).first().waitFor();
    await page.locator("#items tbody button").first().click();
    await page.locator("#item-dialog textarea").waitFor();
    await page.getByRole("button", { name: "Delete …" }).click();
    await page.locator("#item-dialog .diff", { hasText: "onerror" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("4");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator(".answer pre", { hasText: hostile }).waitFor();
    expect(await page.locator("img, main script, dialog script").count()).toBe(0);
    expect(await page.title()).toBe("product · lambdakit");
  });

  it("cannot be driven by a page of another server", async () => {
    happen(served.console);
    await putItem(plan, product);
    const tried = `
      const item = ${JSON.stringify(JSON.stringify({ before: product, after: null }))};
      const ours = { "X-Lambdakit-Console": "1", "Content-Type": "application/json" };
      const target = (path) => "${served.url}/_console/api/" + path;
      const outcome = (work) => work.then((value) => value.type, () => "refused");
      const frame = document.createElement("iframe");
      frame.src = "${served.url}/_console";
      const feed = new Promise((resolve) => {
        const source = new EventSource(target("events"));
        source.onmessage = source.onopen = () => resolve("open");
        source.onerror = () => resolve("refused");
      });
      const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
      document.body.append(frame);
      globalThis.outcomes = Promise.all([
        outcome(fetch(target("item/products"), { method: "POST", headers: ours, body: item })),
        outcome(fetch(target("item/products"), { method: "POST", mode: "no-cors", body: item })),
        outcome(fetch(target("clear"), { method: "POST", mode: "no-cors", body: "{}" })),
        outcome(fetch(target("requests/1"))),
        feed,
        loaded.then(() => "loaded"),
      ]);`;
    const attacker = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(`<!doctype html><body><script>${tried}</script>`);
    });
    await new Promise<void>((resolve) => attacker.listen(0, "127.0.0.1", resolve));
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(attacker.address() as AddressInfo).port}/`);
    expect(await page.evaluate("outcomes")).toEqual([
      "refused",
      "refused",
      "refused",
      "refused",
      "refused",
      "loaded",
    ]);
    const [, frame] = page.frames();
    expect(await frame?.locator("#requests-table").count()).toBe(0);
    expect(await getItem(plan, productKey)).toMatchObject({ name: product.name });
    await page.close();
    attacker.closeAllConnections();
    attacker.close();
    page = await open();
    await untilRows(1);
  });

  it("shows the functions: environments, figures, permissions in words", async () => {
    traffic();
    served.environments = [
      { function: "list", busy: true },
      { function: "list", busy: false },
    ];
    page = await open("#functions");
    const list = page.locator("article", { has: page.getByRole("heading", { name: "list" }) });
    await list.getByText("1 busy, 1 idle").waitFor();
    const text = await list.innerText();
    expect(text).toMatch(/Invocations\s+7\s+Errors\s+0\s+Cold starts\s+1\s+Init p50\s+143 ms/);
    expect(text).toMatch(/Duration p50\s+5.4 ms\s+Duration p95\s+170 ms\s+Memory used\s+81 MB/);
    expect(text).toContain(
      `Query on index ActiveProductsIndex of table ${plan.tables[0]?.name}, where the partition key is true`,
    );
    served.environments = [];
    happen(served.console);
    await list.getByText("none").waitFor();
  });

  describe("the tables", () => {
    beforeEach(() => putItem(plan, product));

    async function openProduct(): Promise<void> {
      page = await open("#tables");
      await page.locator("#key-value").fill("PRODUCT#PROD-1");
      await page.keyboard.press("Enter");
      await page.locator("#items tbody button", { hasText: "PRODUCT#PROD-1" }).click();
      await page.locator("#item-dialog textarea").waitFor();
    }

    const editor = () => page.locator("#item-dialog textarea");
    const press = (name: string) =>
      page.locator("#item-dialog").getByRole("button", { name, exact: true }).click();
    const replace = async (from: string, to: string) =>
      editor().fill((await editor().inputValue()).replace(from, to));

    it("are paged through, forwards and back", async () => {
      for (const number of Array(60).keys()) {
        const PK = { S: `PAGED#${String(number).padStart(2, "0")}` };
        await putItem(plan, { PK, SK: { S: "x" }, active: { S: "paged" }, createdAt: PK });
      }
      page = await open("#tables");
      const first = () => page.locator("#items tbody button").first().innerText();
      const count = page.locator("#items-count");
      await page
        .locator("#source")
        .selectOption({ label: `${plan.tables[0]?.name} / ActiveProductsIndex` });
      await page.locator("#key-value").fill("paged");
      await page.keyboard.press("Enter");
      await count.getByText("50 items, and more").waitFor();
      await page.locator("#next-page").click();
      await count.getByText("10 items").waitFor();
      expect(await first()).toBe("PAGED#50");
      expect(await page.locator("#next-page").isDisabled()).toBe(true);
      await page.locator("#previous-page").click();
      await count.getByText("50 items, and more").waitFor();
      expect(await first()).toBe("PAGED#00");
    });

    it("are changed after the difference was seen, and nothing else of the item is", async () => {
      await openProduct();
      await replace('"Starter Site"', '"Starter Page"');
      await press("Review the change");
      const lines = await page.locator(".diff span:not([data-sign=' '])").allInnerTexts();
      expect(lines.map((line) => line.trim())).toEqual([
        '-   "name": {"S": "Starter Site"},',
        '+   "name": {"S": "Starter Page"},',
      ]);
      expect(await getItem(plan, productKey)).toMatchObject({ name: { S: "Starter Site" } });
      await press("Save it");
      await page.locator("#item-dialog").waitFor({ state: "hidden" });
      await page.locator("#items td", { hasText: "Starter Page" }).waitFor();
      const { price, ...rest } = product;
      expect(await getItem(plan, productKey)).toEqual({
        ...rest,
        price: { N: expect.stringMatching(/^99.90?$/) },
        name: { S: "Starter Page" },
        sizes: { NS: expect.arrayContaining(["1", "12345678901234567890.123456789"]) },
      });
    });

    it("refuse a change of an item that was changed meanwhile, and show what is there", async () => {
      expected = /409 \(Conflict\)/;
      await openProduct();
      await replace('"Starter Site"', '"Starter Page"');
      await putItem(plan, { ...product, name: { S: "Of somebody else" } });
      await press("Review the change");
      await press("Save it");
      await page.getByText("The item was changed meanwhile.").waitFor();
      await page.locator(".diff [data-sign='+']", { hasText: "Of somebody else" }).waitFor();
      expect(await getItem(plan, productKey)).toMatchObject({ name: { S: "Of somebody else" } });
      await press("Start again from what is there");
      await replace('"Of somebody else"', '"Of both"');
      await press("Review the change");
      await press("Save it");
      await page.locator("#item-dialog").waitFor({ state: "hidden" });
      expect(await getItem(plan, productKey)).toMatchObject({ name: { S: "Of both" } });
    });

    it("get an item, and lose it again", async () => {
      page = await open("#tables");
      await page.getByRole("button", { name: "Add item" }).click();
      await editor().fill('{"PK": {"S": "NEW"}, "SK": {"S": "1"}, "size": {"N": "12.50"}');
      await press("Review the change");
      await page.locator("#item-dialog .problem").waitFor();
      await editor().fill('{"PK": {"S": "NEW"}, "SK": {"S": "1"}, "size": {"N": "12.50"}}');
      await press("Review the change");
      await press("Add it");
      await page.locator("#item-dialog").waitFor({ state: "hidden" });
      const key: TypedItem = { PK: { S: "NEW" }, SK: { S: "1" } };
      expect(await getItem(plan, key)).toHaveProperty("size");
      await page.locator("#items tbody button", { hasText: "NEW" }).click();
      await press("Delete …");
      await press("Back");
      await press("Delete …");
      await press("Delete it");
      await page.locator("#item-dialog").waitFor({ state: "hidden" });
      expect(await getItem(plan, key)).toBeUndefined();
    });

    it("say what the engine says to a wrong item, and keep what was typed", async () => {
      expected = /400 \(Bad Request\)/;
      await openProduct();
      await replace('{"S": "Starter Site"}', '{"N": "no number"}');
      await press("Review the change");
      await press("Save it");
      await page.locator("#item-dialog .problem", { hasText: "ValidationException" }).waitFor();
      expect(await editor().inputValue()).toContain("no number");
    });
  });

  describe("the forms", () => {
    it.each(plan.api.routes)("send $method $path as its example says", async (route) => {
      served.answer = (_, response) => {
        const headers = { "Content-Type": "application/json", ETag: '"7"' };
        response.writeHead(201, headers).end('{"productId":"PROD-1","price":"99.90"}');
      };
      page = await open(`#try/${encodeURIComponent(`${route.method} ${route.path}`)}`);
      await page.locator("#form pre", { hasText: "curl" }).waitFor();
      await page.getByRole("button", { name: "Send" }).click();
      const answer = page.locator(".answer");
      await answer.getByText("201 Created").waitFor();
      expect(await answer.locator("pre").first().innerText()).toContain('"price": "99.90"');
      await answer.locator("summary").click();
      await answer.getByText('etag: "7"').waitFor();
      const { pathParameters, body } = route.example;
      expect(served.got).toHaveLength(1);
      expect(served.got[0]).toMatchObject({
        method: route.method,
        url: route.path.replace("{productId}", pathParameters.productId ?? ""),
      });
      expect(served.got[0]?.body && JSON.parse(served.got[0].body)).toEqual(body ?? "");
    });

    it("send fields where they belong, and say what they would be as curl", async () => {
      page = await open(`#try/${encodeURIComponent("PUT /v1.0/products/{productId}")}`);
      await page.locator("input[name=productId]").fill("a/b c?");
      await page.locator("input[name=If-Match]").fill('"3"');
      await page.locator("textarea[name=body]").fill('{"price": "1"}');
      await page.getByText("More headers").click();
      await page.getByLabel("One a line").fill("X-Test: it's");
      const curl = page.locator("#form pre[aria-label='curl command']");
      await curl.getByText("X-Test").waitFor();
      expect(await curl.innerText()).toBe(
        [
          `curl -X PUT ${served.url}/v1.0/products/a%2Fb%20c%3F`,
          '-H "Authorization: Bearer $(lambdakit token)"',
          "-H 'Content-Type: application/json'",
          `-H 'If-Match: "3"'`,
          "-H 'X-Test: it'\\''s'",
          `-d '{"price": "1"}'`,
        ].join(" \\\n  "),
      );
      await page.locator("textarea[name=body]").press("Control+Enter");
      await page.locator(".answer h3").waitFor();
      expect(served.got[0]).toMatchObject({
        url: "/v1.0/products/a%2Fb%20c%3F",
        body: '{"price": "1"}',
        headers: { "if-match": '"3"', "x-test": "it's" },
      });
    });

    it("keep what was typed when the code is reloaded", async () => {
      page = await open("#try");
      const limit = page.locator("input[name=limit]");
      await limit.fill("7");
      served.console.onEvent({ type: "reloaded", functions: ["list"], milliseconds: 41 });
      await page.getByText("Reloaded list in 41 ms").waitFor();
      expect(await limit.inputValue()).toBe("7");
      expect(await limit.evaluate((input) => input.matches(":focus"))).toBe(true);
    });

    it("hint at what does not fit, and send it all the same", async () => {
      expected = /400 \(Bad Request\)/;
      served.answer = (_, response) => response.writeHead(400).end("no");
      page = await open(`#try/${encodeURIComponent("POST /v1.0/products")}`);
      await page.locator("input[name=X-Correlation-Id]").fill("two words");
      await page.locator("#form .problem", { hasText: "has to be like" }).waitFor();
      await page.locator("textarea[name=body]").fill('{"name": "x"}');
      await page.locator("#form .problem", { hasText: "without description, price" }).waitFor();
      await page.locator("textarea[name=body]").fill("{");
      await page.locator("#form .problem", { hasText: "no JSON" }).waitFor();
      await page.getByRole("button", { name: "Send" }).click();
      await page.locator(".answer", { hasText: "400 Bad Request" }).waitFor();
      expect(served.got[0]?.body).toBe("{");
    });
  });

  describe("the metrics", () => {
    const panel = (title: string) => page.locator("#metric-panels figure", { hasText: title });
    const legendOf = async (title: string) =>
      (await panel(title).locator(".legend li").allInnerTexts()).map((text) => text.trim());

    it("come in while one looks, and are there still after a reload", async () => {
      page = await open("#metrics");
      for (const status of [200, 201, 404, 500]) happen(served.console, { status });
      happen(served.console, { initMilliseconds: 120, milliseconds: 150 });
      const counted = ["2xx and 3xx 3", "4xx 1", "5xx 1"];
      await expect.poll(() => legendOf("Requests"), patiently).toEqual(counted);
      expect(await legendOf("Latency")).toEqual(["p50 12 ms", "p90 150 ms", "p99 150 ms"]);
      expect(await legendOf("Cold starts")).toEqual(["cold starts 1"]);
      await page.reload();
      await expect.poll(() => legendOf("Requests"), patiently).toEqual(counted);
    });

    it("have what the service measures itself, by route and by name", async () => {
      const route = "GET /v1.0/products/{productId}";
      page = await open("#metrics");
      const line = measuredLine(route, { Latency: 8, Conflicts: 1, OrdersPlaced: 3 });
      served.console.onEvent({ type: "output", function: "get", line, platform: false });
      await page.locator("#metric-own td", { hasText: "OrdersPlaced" }).waitFor();
      expect(await page.locator("#metric-own tbody td").allInnerTexts()).toEqual([
        "OrdersPlaced",
        `route ${route}`,
        "Count",
        ...["1", "3", "3"],
      ]);
      expect(await page.locator("#metric-routes tbody td").allInnerTexts()).toEqual([
        route,
        ...["1", "8.0 ms", "8.0 ms", "8.0 ms"],
      ]);
      expect(await legendOf("Refused and repeated")).toContain("conflicts 1");
    });

    it("can be read moment by moment with the keys, and as tables", async () => {
      history();
      page = await open("#metrics");
      await panel("Requests").locator("svg").focus();
      await page.keyboard.press("ArrowLeft");
      await page.locator("#metric-time", { hasText: "5 seconds behind it" }).waitFor();
      const before = await page.locator("#metric-time").innerText();
      await page.keyboard.press("ArrowLeft");
      await expect.poll(() => page.locator("#metric-time").innerText(), patiently).not.toBe(before);
      const label = await panel("Requests").locator("svg").getAttribute("aria-label");
      expect(label).toMatch(/^Requests: 2xx and 3xx \d+, 4xx \d+, 5xx \d+$/);
      await page.keyboard.press("Escape");
      await page.locator("#metric-time", { hasText: "The last 15 minutes" }).waitFor();
      await panel("Requests").locator("summary").click();
      happen(served.console);
      await expect
        .poll(() => panel("Requests").locator("tbody tr").count(), patiently)
        .toBeGreaterThan(14);
    });

    it("leave lines of the log as readable as they were", async () => {
      const line = measuredLine("GET /v1.0/products", { Latency: 8 }, { size: 7 });
      happen(served.console, { lines: [line] });
      page = await open();
      await page.locator("#rows tr").click();
      await page.locator("#detail .log li").waitFor();
      const shown = await page.locator("#detail .log").innerText();
      expect(shown).toContain("size 7");
      expect(shown).not.toMatch(/_aws|Latency|CloudWatch/);
      await page.keyboard.press("r");
      expect(await page.locator("#detail").innerText()).toContain("CloudWatchMetrics");
    });

    it("fit into a narrow window", async () => {
      history();
      page = await open("#metrics", { viewport: narrow });
      await panel("Requests").locator("path").first().waitFor({ state: "attached" });
      const width = await page.evaluate("document.querySelector('#view-metrics').scrollWidth");
      expect(width).toBeLessThanOrEqual(narrow.width);
    });
  });

  it("comes back by itself when the service does, and shows what is new", async () => {
    expected = /Failed to load resource|net::ERR/;
    page = await open();
    happen(served.console);
    await untilRows(1);
    const { url } = served;
    await served.stop();
    await page.locator("#connection[data-state=waiting]").waitFor();
    served = await serveConsole(plan, Number(new URL(url).port));
    await page.locator("#connection[data-state=live]").waitFor();
    await untilRows(0);
    happen(served.console, { path: "/v1.0/after" });
    await untilRows(1);
  });

  it("says prominently why new code is not served, and when there is better", async () => {
    page = await open();
    const error = new LambdakitError("BUNDLE_FAILED", {
      message: "The functions could not be bundled.\nsrc/list.ts:3:1: Unexpected end",
      fix: "correct the file and save it",
    });
    served.console.onEvent({ type: "not-reloaded", error });
    const notice = page.getByRole("alert");
    await notice.getByText("the last good code keeps serving").waitFor();
    expect(await notice.innerText()).toContain("src/list.ts:3:1: Unexpected end");
    served.console.onEvent({ type: "reloaded", functions: ["list"], milliseconds: 41 });
    await notice.getByText("Reloaded list in 41 ms").waitFor();
    expect(await notice.innerText()).not.toContain("Unexpected end");
  });

  it("has its views, its keys and what is not emulated within reach of the keyboard", async () => {
    page = await open();
    for (const [key, name] of ["2 functions", "3 tables", "4 try", "1 requests"].map((one) =>
      one.split(" "),
    )) {
      await page.keyboard.press(String(key));
      await page.locator(`#view-${name}`).waitFor();
    }
    await page.keyboard.press("?");
    await page.getByRole("heading", { name: "Keys" }).waitFor();
    await page.keyboard.press("2");
    await page.getByRole("button", { name: "Close" }).press("Enter");
    await page.locator("#keys-dialog").waitFor({ state: "hidden" });
    expect(await page.locator("#view-requests").isVisible()).toBe(true);
    await page.getByRole("button", { name: "Not emulated" }).press("Enter");
    await page.getByText("authorizers and API keys").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#not-emulated-dialog").waitFor({ state: "hidden" });
  });

  it("is taken as screenshots", async () => {
    await mkdir(screenshots, { recursive: true });
    history();
    traffic();
    for (const [number, name] of ["Starter Site", "Business Site", "Online Shop"].entries()) {
      const PK = { S: `PRODUCT#PROD-${number + 1}` };
      await putItem(plan, { ...product, PK, name: { S: name }, price: { N: `${number + 1}49.5` } });
    }
    served.environments = [
      { function: "list", busy: true },
      { function: "list", busy: false },
    ];
    served.answer = (_, response) => {
      response.writeHead(201, { "Content-Type": "application/json", ETag: '"1"' });
      response.end(
        JSON.stringify({
          productId: "PROD-4F2A9C",
          ...(plan.api.routes[2]?.example.body as object),
        }),
      );
    };
    for (const [size, viewport] of Object.entries({ wide, narrow })) {
      page = await open("", { viewport });
      const shoot = async (name: string) => {
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          const file = `${name}-${colorScheme}-${size}.png`;
          await page.screenshot({ path: path.join(screenshots, file) });
        }
      };
      await page.locator("#rows tr").nth(10).waitFor();
      await shoot("requests");
      const failed = page.locator("td.c-status", { hasText: "502" });
      await page.locator("#rows tr", { has: failed }).click();
      await page.locator("#detail .log").waitFor();
      await shoot("request");
      await page.goto(`${served.url}/_console#functions`);
      await shoot("functions");
      await page.goto(`${served.url}/_console#metrics`);
      await page.locator("#metric-own td").first().waitFor();
      await shoot("metrics");
      await page.goto(`${served.url}/_console#tables`);
      await page.locator("#source").selectOption({ index: 1 });
      await page.locator("#key-value").fill("true");
      await page.keyboard.press("Enter");
      await page.locator("#items-count", { hasText: /^\d items$/ }).waitFor();
      await shoot("tables");
      await page.locator("#items button", { hasText: "PROD-2" }).click();
      await shoot("item");
      const editor = page.locator("#item-dialog textarea");
      await editor.fill((await editor.inputValue()).replace("249.5", "199.5"));
      await page.getByRole("button", { name: "Review the change" }).click();
      await shoot("difference");
      await page.keyboard.press("Escape");
      await page.goto(`${served.url}/_console#try/${encodeURIComponent("POST /v1.0/products")}`);
      await page.locator("pre[aria-label='curl command']", { hasText: "curl" }).waitFor();
      await shoot("form");
      await page.getByRole("button", { name: "Send" }).click();
      await page.locator(".answer h3").waitFor();
      await shoot("answer");
      await page.close();
    }
    page = await open();
    const error = new LambdakitError("BUNDLE_FAILED", {
      message: "The functions could not be bundled.\nsrc/list.ts:3:1: Unexpected end of file",
      fix: "correct the file and save it",
    });
    served.console.onEvent({ type: "not-reloaded", error });
    await page.locator("#notices pre").waitFor();
    await page.screenshot({ path: path.join(screenshots, "not-reloaded.png") });
  });
});
