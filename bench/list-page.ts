/**
 * Does a page cost the same wherever it is? Loads products into the local table, walks through all
 * pages by their tokens, and then asks for the first and for the last page in turn. Everything runs as
 * a user runs it: `lambdakit dev` as a process of its own, over HTTP.
 */
import { tableApi } from "../src/dev/engine/index.ts";
import { startDevProcess } from "../test/integration/dev-process.ts";
import { send } from "../test/integration/send.ts";
import { residentMb } from "./dev/process-tree.ts";
import { median, print } from "./print.ts";

const productCount = 100_000;
const pageSize = 50;
const rounds = 200;

interface Page {
  readonly products: readonly { readonly productId: string }[];
  readonly nextToken?: string;
}

export async function listPage(): Promise<void> {
  const dev = await startDevProcess(["--service", "services/product", "--port", "0", "--memory"]);
  try {
    await load(dev.ready.engine.endpoint);
    print(`${productCount} products, pages of ${pageSize}, engine ${dev.ready.engine.name}`);

    const memory: number[] = [];
    const seen = new Set<string>();
    let token: string | undefined;
    let lastToken: string | undefined;
    for (let number = 0; ; number++) {
      const page = await getPage(dev.ready.url, token);
      for (const { productId } of page.products) seen.add(productId);
      if (number % 100 === 99) memory.push(residentMb(dev.process.pid ?? 0).own);
      if (page.nextToken === undefined) break;
      lastToken = token = page.nextToken;
    }
    print(`products seen by following the tokens: ${seen.size}`);
    print(`memory of lambdakit dev after each 100 pages, MB: ${memory.join(" ")}`);

    const first: number[] = [];
    const last: number[] = [];
    for (let round = 0; round < rounds; round++) {
      first.push(await timed(() => getPage(dev.ready.url, undefined)));
      last.push(await timed(() => getPage(dev.ready.url, lastToken)));
    }
    print(
      `first page: median ${median(first).toFixed(2)} ms; last page: median ${median(last).toFixed(2)} ms`,
    );
    print(
      `last ÷ first, median of ${rounds} pairs: ${median(last.map((value, index) => value / (first[index] ?? 1))).toFixed(2)}`,
    );
  } finally {
    await dev.end("SIGINT");
  }
}

/** Writes items as the service writes them, past its API: 100,000 requests would measure something else. */
async function load(endpoint: string): Promise<void> {
  const batches = Array.from({ length: productCount / 25 }, (_, batch) =>
    Array.from({ length: 25 }, (_, offset) => item(batch * 25 + offset)),
  );
  const worker = async () => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      await tableApi(endpoint, "BatchWriteItem", {
        RequestItems: { "products-dev": batch.map((Item) => ({ PutRequest: { Item } })) },
      });
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}

function item(number: number) {
  const productId = `PROD-${number.toString(36).toUpperCase().padStart(6, "0")}`;
  const createdAt = new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString();
  const texts = {
    PK: `PRODUCT#${productId}`,
    SK: "METADATA",
    productId,
    name: `Product ${number}`,
    description: "d".repeat(200),
    price: "99.99",
    currency: "ZAR",
    period: "monthly",
    active: "true",
    createdAt,
    updatedAt: createdAt,
  };
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
    features: { L: [{ S: "Feature 1" }, { S: "Feature 2" }] },
    version: { N: "1" },
  };
}

async function getPage(url: string, token: string | undefined): Promise<Page> {
  const query = token === undefined ? "" : `&nextToken=${token}`;
  const answer = await send(url, {
    method: "GET",
    path: `/v1.0/products?limit=${pageSize}${query}`,
  });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
  return JSON.parse(answer.text);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
