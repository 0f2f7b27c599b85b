import type { Item } from "./aws-call.ts";

interface Change {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly key: string;
  /** What the item is from then on; null where it is gone. */
  readonly item: Item | null;
}

/**
 * The items of one table at any time since it is followed: what it held at first, and every change since. Of
 * changes only so many are kept: with each that is more, the oldest one becomes part of what it held at first.
 */
export class ItemHistory {
  readonly #first: Map<string, Item>;
  readonly #mostChanges: number;
  readonly #changes: Change[] = [];
  #forgotten = 0;
  #since: number;
  #last: number;

  /**
   * @param at when it held these items, in milliseconds since 1970
   * @param mostChanges that are kept; memory grows with these, and with the items of the table
   */
  constructor(at: number, items: ReadonlyMap<string, Item>, mostChanges: number) {
    this.#first = new Map(items);
    this.#mostChanges = mostChanges;
    this.#since = at;
    this.#last = at;
  }

  /** The first moment that it knows. */
  get since(): number {
    return this.#since;
  }

  /** A clock that goes back counts as one that stands still. */
  record(at: number, key: string, item: Item | null): void {
    this.#last = Math.max(this.#last, at);
    this.#changes.push({ at: this.#last, key, item });
    if (this.#changes.length - this.#forgotten > this.#mostChanges) this.#forget();
  }

  /** The items as they were then, with everything that was changed in that very moment. */
  itemsAt(at: number): Map<string, Item> {
    const items = new Map(this.#first);
    for (let index = this.#forgotten; index < this.#changes.length; index++) {
      const change = this.#changes[index] as Change;
      if (change.at > at) break;
      enter(items, change);
    }
    return items;
  }

  #forget(): void {
    const oldest = this.#changes[this.#forgotten] as Change;
    enter(this.#first, oldest);
    this.#since = oldest.at;
    this.#forgotten++;
    // Taking one off the front of a long list moves all of it: that is done now and then.
    if (this.#forgotten > this.#mostChanges) {
      this.#changes.splice(0, this.#forgotten);
      this.#forgotten = 0;
    }
  }
}

function enter(items: Map<string, Item>, { key, item }: Change): void {
  if (item === null) items.delete(key);
  else items.set(key, item);
}

/** What tells an item from the others of its table. @param keyNames the partition key's first */
export function itemKey(item: Item, keyNames: readonly string[]): string {
  return JSON.stringify(keyNames.map((name) => item[name]));
}
