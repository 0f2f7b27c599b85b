import type { RecordStore } from "./drill-records.ts";

/** A place beside the artifact bucket, which is not lost with it. */
export interface AsideStore extends RecordStore {
  /** Removes what begins so. */
  clear(prefix: string): Promise<void>;
}

/**
 * Records of drills, of which one loses the bucket that they lie in: before that they are copied aside, and written there
 * until there is a bucket again.
 */
export class KeptRecords implements RecordStore {
  readonly #bucket: RecordStore;
  readonly #isThere: () => Promise<boolean>;
  readonly #aside: AsideStore;

  /** @param isThere whether the bucket is */
  constructor(bucket: RecordStore, isThere: () => Promise<boolean>, aside: AsideStore) {
    this.#bucket = bucket;
    this.#isThere = isThere;
    this.#aside = aside;
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    const there = (await this.#isThere()) ? await this.#bucket.read(key) : undefined;
    return there ?? this.#aside.read(key);
  }

  async keys(prefix: string): Promise<string[]> {
    const there = (await this.#isThere()) ? await this.#bucket.keys(prefix) : [];
    return [...new Set([...there, ...(await this.#aside.keys(prefix))])].sort();
  }

  async putOnce(key: string, contents: string): Promise<boolean> {
    return ((await this.#isThere()) ? this.#bucket : this.#aside).putOnce(key, contents);
  }

  /** Copies what begins so to where it outlives the bucket. */
  async keepAside(prefix: string): Promise<void> {
    await copy(prefix, this.#bucket, this.#aside);
  }

  /** Writes what was kept into the bucket, which is another one now. Where there is none yet, it stays where it is. */
  async bringBack(prefix: string): Promise<void> {
    if (!(await this.#isThere())) return;
    await copy(prefix, this.#aside, this.#bucket);
    await this.#aside.clear(prefix);
  }
}

async function copy(prefix: string, from: RecordStore, to: RecordStore): Promise<void> {
  for (const key of await from.keys(prefix)) {
    await to.putOnce(key, Buffer.from((await from.read(key)) ?? []).toString());
  }
}
