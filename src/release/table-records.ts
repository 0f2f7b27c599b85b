import type { TableSettings } from "../aws/index.ts";
import { recoveryPrefix, timeStamp } from "../names.ts";
import { canonicalJson } from "../system/index.ts";
import type { ObjectStore } from "./object-store.ts";

/** What a table was like when somebody last looked: where it is lost, nobody else knows. */
export class TableRecords {
  readonly #store: ObjectStore;
  readonly #prefix: string;

  constructor(store: ObjectStore, service: string, environment: string) {
    this.#store = store;
    this.#prefix = `${recoveryPrefix(service, environment)}settings/`;
  }

  /** Nothing where nobody ever looked. @param table its key in the manifest */
  async newest(table: string): Promise<TableSettings | undefined> {
    const key = (await this.#store.keys(`${this.#prefix}${table}/`)).at(-1);
    const bytes = key === undefined ? undefined : await this.#store.read(key);
    return bytes === undefined ? undefined : JSON.parse(Buffer.from(bytes).toString());
  }

  /** Writes down what it is like, unless that is known. @param at ISO 8601 */
  async keep(table: string, settings: TableSettings, at: string): Promise<void> {
    const known = await this.newest(table);
    if (known !== undefined && canonicalJson(known) === canonicalJson(settings)) return;
    await this.#store.putOnce(
      `${this.#prefix}${table}/${timeStamp(at)}.json`,
      canonicalJson(settings),
    );
  }
}
