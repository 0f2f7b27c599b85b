import { type FileHandle, open } from "node:fs/promises";
import { type ItemDifference, type MergeAction, mergeLine } from "../../recover/index.ts";

/** As many as are shown of each kind, for somebody to recognise them by. */
const shown = 5;

/** An item that differs, with what was done. */
export interface ListedItem {
  readonly difference: ItemDifference;
  readonly action: MergeAction;
}

/** The items that differ: all of them in a file, where there is one, and the first few in memory. */
export class ItemList {
  readonly #file: FileHandle | undefined;
  readonly #first: ListedItem[] = [];
  #written: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle | undefined) {
    this.#file = file;
  }

  /** @param path @default no file */
  static async open(path: string | undefined): Promise<ItemList> {
    // Items may be anybody's data: the file is its writer's alone.
    return new ItemList(path === undefined ? undefined : await open(path, "w", 0o600));
  }

  /** @returns when it is in the file: whoever waits holds no more than one item */
  async add(difference: ItemDifference, action: MergeAction): Promise<void> {
    const alike = this.#first.filter((one) => one.difference.kind === difference.kind);
    if (alike.length < shown) this.#first.push({ difference, action });
    if (this.#file === undefined) return;
    const file = this.#file;
    // One after the other: a write that is split must not be interrupted by another one.
    this.#written = this.#written.then(() => file.appendFile(`${mergeLine(difference, action)}\n`));
    await this.#written;
  }

  /** The first few of each kind. */
  get first(): readonly ListedItem[] {
    return this.#first;
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}
