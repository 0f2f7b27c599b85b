import type { Item } from "../../aws/index.ts";
import { itemText } from "../compare/item-text.ts";

/** Items that somebody has picked out of a list of differences, told by their keys: some 100 bytes of each are held. */
export class ChosenItems {
  readonly #keys = new Set<string>();

  /**
   * Takes one in.
   *
   * @param line of JSON, as `mergeLine` writes it; only its `key` counts
   * @returns whether it is such a line
   */
  add(line: string): boolean {
    const key = keyIn(line);
    if (key === undefined) return false;
    this.#keys.add(itemText(key));
    return true;
  }

  has(key: Item): boolean {
    return this.#keys.has(itemText(key));
  }

  get size(): number {
    return this.#keys.size;
  }
}

function keyIn(line: string): Item | undefined {
  try {
    const { key } = JSON.parse(line);
    return typeof key === "object" && key !== null && !Array.isArray(key) ? key : undefined;
  } catch {
    return undefined;
  }
}
