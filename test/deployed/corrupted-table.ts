/** A table whose items a bad release corrupts, while callers go on to write good ones. */
import { setTimeout } from "node:timers/promises";
import type { Account } from "../../src/emulator/deployed/account.ts";

/** By what the items of a bad release are told here. */
export const corrupted = "undefined";

const keyOf = (id: string) => ({ PK: { S: `PRODUCT#${id}` }, SK: { S: "METADATA" } });

export class CorruptedTable {
  readonly #account: Account;
  readonly #name: string;
  /** What was acknowledged last of each item that callers have written. */
  readonly acknowledged = new Map<string, string>();

  constructor(account: Account, name: string) {
    this.#account = account;
    this.#name = name;
  }

  /** Callers write these items, one after the other. */
  async write(from: number, to: number, price: string): Promise<void> {
    for (let number = from; number < to; number += 1) {
      await this.#put(idOf(number), price);
      this.acknowledged.set(idOf(number), price);
    }
  }

  /** A bad release overwrites and deletes some of what is there, and makes items of its own. */
  async corrupt(overwritten: readonly number[], deleted: number, made: number): Promise<void> {
    for (const number of overwritten) await this.#put(idOf(number), corrupted);
    await this.#account.table("DeleteItem", { TableName: this.#name, Key: keyOf(idOf(deleted)) });
    await this.#put(idOf(made), corrupted);
  }

  /** A whole second that is past, and after which nothing was written yet: a table is restored to a second. */
  async moment(): Promise<string> {
    const second = Math.ceil(Date.now() / 1_000) * 1_000;
    await setTimeout(second + 100 - Date.now());
    return new Date(second).toISOString();
  }

  async #put(id: string, price: string): Promise<void> {
    const Item = { ...keyOf(id), price: { S: price } };
    await this.#account.table("PutItem", { TableName: this.#name, Item });
  }
}

/** The price of each product in a table. */
export async function pricesIn(account: Account, name: string): Promise<Map<string, string>> {
  const { Items } = await account.table("Scan", { TableName: name, ConsistentRead: true });
  return new Map(Items.map(({ PK, price }: Written) => [PK.S.replace("PRODUCT#", ""), price?.S]));
}

interface Written {
  readonly PK: { readonly S: string };
  readonly price?: { readonly S: string };
}

function idOf(number: number): string {
  return `PROD-${String(number).padStart(6, "0")}`;
}
