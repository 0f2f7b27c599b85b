import { randomUUID } from "node:crypto";
import { type Item, Items } from "../src/aws/index.ts";
import { createTable, deleteTable } from "../src/dev/index.ts";
import type { ServicePlan } from "../src/plan/index.ts";
import { productPlan } from "./product-plan.ts";

/** Two empty tables of the Product service, an old one and a restored one, in the engine of this test run. */
export interface TwoTables {
  readonly items: Items;
  readonly old: string;
  readonly restored: string;
  readonly keys: readonly string[];
  /** Puts items with a number as their keys, and a value. */
  fill(table: string, values: Readonly<Record<string, string>>): Promise<void>;
  /** All items of a table: the value of each number. */
  read(table: string): Promise<Record<string, string>>;
  remove(): Promise<void>;
}

export async function twoTables(): Promise<TwoTables> {
  const endpoint = process.env.DYNAMODB_ENDPOINT ?? "";
  const { tables, region }: ServicePlan = productPlan("dev");
  const [table] = tables;
  if (table === undefined) throw new Error("The Product service has no table.");
  const suffix = randomUUID().slice(0, 8);
  const [old, restored] = [`products-${suffix}`, `products-${suffix}-restored-20261127-091500`];
  for (const name of [old, restored]) await createTable(endpoint, { ...table, name });
  const credentials = { accessKeyId: "local", secretAccessKey: "local", sessionToken: "local" };
  const items = new Items(region, { endpoint, credentials });
  return {
    items,
    old,
    restored,
    keys: ["PK", "SK"],
    async fill(name, values) {
      for (const [number, value] of Object.entries(values)) {
        await items.put(name, itemOf(number, value), undefined, ["PK", "SK"]);
      }
    },
    async read(name) {
      const found: Record<string, string> = {};
      let from: Item | undefined;
      do {
        const page = await items.page(name, { number: 0, of: 1 }, from);
        for (const one of page.items) found[one.PK?.S ?? ""] = one.value?.S ?? "";
        from = page.next;
      } while (from !== undefined);
      return found;
    },
    async remove() {
      await Promise.all([old, restored].map((name) => deleteTable(endpoint, name)));
    },
  };
}

export function itemOf(number: string, value: string): Item {
  return { PK: { S: number }, SK: { S: "METADATA" }, value: { S: value } };
}
