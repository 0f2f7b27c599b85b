/**
 * What grows when tables do? Fills an old and a restored table in the local engine, lets one item in a thousand differ,
 * and compares and merges them as `lambdakit dr restore` and `dr merge` do: calls, and memory of this process.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Item, Items } from "../src/aws/index.ts";
import { startEngine, tableApi } from "../src/dev/engine/index.ts";
import { createTable } from "../src/dev/index.ts";
import { compareTables, mergeTables } from "../src/recover/index.ts";
import { productPlan } from "../test/product-plan.ts";
import { itemOf } from "../test/two-tables.ts";
import type { BenchmarkOptions } from "./options.ts";
import { print, table } from "./print.ts";

const sizes = [10_000, 100_000, 1_000_000];
const keys = ["PK", "SK"];
/** Of an item, in bytes; a product of the service has about as many. */
const valueBytes = 400;
const differsEvery = 1_000;

export async function restore({ rounds = sizes.length }: BenchmarkOptions): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const rows: (string | number)[][] = [];
  for (const size of sizes.slice(0, rounds)) {
    const engine = await startEngine({ dataDirectory: undefined }, {});
    try {
      rows.push(await measure(engine.endpoint, size, collect));
    } finally {
      await engine.stop();
    }
    print(`${size} items: done`);
  }
  print(
    "\nHeld memory is the heap after garbage collection, at every 20th call, above what it was before.\n",
  );
  table(
    ["items", "calls to compare", "held, MB", "calls to merge", "held, MB", "merged", "conflicts"],
    rows,
  );
}

async function measure(endpoint: string, size: number, collect: () => void) {
  const { tables, region } = productPlan("dev");
  const [planned] = tables;
  if (planned === undefined) throw new Error("The Product service has no table.");
  for (const name of ["old", "restored"]) await createTable(endpoint, { ...planned, name });
  await fill(endpoint, size);
  const credentials = { accessKeyId: "local", secretAccessKey: "local", sessionToken: "local" };
  const watched = new WatchedItems(region, { endpoint, credentials }, collect);
  const comparison = await compareTables(watched, "old", "restored", { keys });
  if (comparison.counts[0].items !== size) throw new Error("Not all items were counted.");
  const compared = watched.taken();
  const counts = await mergeTables(
    watched,
    { old: "old", restored: "restored", keys },
    { conflicts: "keep-restored", dryRun: false, onItem: () => {} },
  );
  const merged = watched.taken();
  return [
    size,
    compared.calls,
    compared.heldMb.toFixed(1),
    merged.calls,
    merged.heldMb.toFixed(1),
    counts["only-in-old"].merged,
    counts.changed.kept,
  ];
}

/** Counts calls, and looks at the heap now and then. */
class WatchedItems extends Items {
  readonly #collect: () => void;
  #before: number;
  #highest = 0;
  #calls = 0;

  constructor(region: string, access: ConstructorParameters<typeof Items>[1], collect: () => void) {
    super(region, access);
    this.#collect = collect;
    this.#before = this.#heap();
  }

  override page(...asked: Parameters<Items["page"]>): ReturnType<Items["page"]> {
    this.#look();
    return super.page(...asked);
  }

  override get(...asked: Parameters<Items["get"]>): ReturnType<Items["get"]> {
    this.#look();
    return super.get(...asked);
  }

  override put(...asked: Parameters<Items["put"]>): ReturnType<Items["put"]> {
    this.#look();
    return super.put(...asked);
  }

  taken(): { readonly calls: number; readonly heldMb: number } {
    const taken = { calls: this.#calls, heldMb: (this.#highest - this.#before) / 2 ** 20 };
    this.#before = this.#heap();
    this.#highest = this.#before;
    this.#calls = 0;
    return taken;
  }

  #look(): void {
    this.#calls += 1;
    if (this.#calls % 20 === 0) this.#highest = Math.max(this.#highest, this.#heap());
  }

  #heap(): number {
    this.#collect();
    return process.memoryUsage().heapUsed;
  }
}

/** Of DynamoDB's batches, so many at once: the engine is waited for otherwise. */
const batchesAtOnce = 8;

async function fill(endpoint: string, size: number): Promise<void> {
  let next = 0;
  const fillOn = async () => {
    for (let start = next; start < size; start = next) {
      next = start + 25;
      await fillBatch(endpoint, start, Math.min(25, size - start));
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, fillOn));
}

async function fillBatch(endpoint: string, start: number, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, at) => start + at);
  const put = (items: readonly Item[]) => items.map((Item) => ({ PutRequest: { Item } }));
  const old = numbers.map((number) => product(number, "old"));
  const restored = numbers
    .filter((number) => number % (2 * differsEvery) !== 0)
    .map((number) => product(number, "restored"));
  await tableApi(endpoint, "BatchWriteItem", { RequestItems: { old: put(old) } });
  await tableApi(endpoint, "BatchWriteItem", { RequestItems: { restored: put(restored) } });
}

/** Half of those that differ are only in the old table, the other half are not the same. */
function product(number: number, where: string): Item {
  const isOther = number % (2 * differsEvery) === differsEvery;
  const value = `${isOther ? where : ""}${number}`.padEnd(valueBytes, "x");
  return itemOf(`PRODUCT#${number}`, value);
}
