import { recoveryPrefix } from "../../names.ts";
import type { EnvironmentName } from "../../plan/index.ts";
import type { ObjectStore } from "../../release/index.ts";
import { canonicalJson } from "../../system/index.ts";
import type { SourcedTable } from "./table-source.ts";

/** What a rebuild has chosen, once, however often the command is run again. */
export interface RebuildStarted {
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly by: string;
  /** The id of the release. */
  readonly release: string;
  /** Where the release comes from, as it is said to people. */
  readonly from: string;
  readonly tables: readonly SourcedTable[];
  readonly confirmation: string | null;
  readonly reason: string | null;
}

/** That a table has its items again. Both figures are DynamoDB's; null where Terraform makes it. */
export interface BroughtTable {
  readonly at: string;
  readonly items: number | null;
  readonly bytes: number | null;
}

/** A rebuild as far as it came. */
export interface RebuildRecord {
  readonly started: RebuildStarted;
  /** By the table's key. */
  readonly brought: Readonly<Record<string, BroughtTable>>;
}

/** What is written down of a rebuild, in the bucket that it has made: one file a step, none of them ever changed. */
export class RebuildRecords {
  readonly #store: Pick<ObjectStore, "read" | "keys" | "putOnce">;
  readonly #prefix: string;

  constructor(
    store: Pick<ObjectStore, "read" | "keys" | "putOnce">,
    service: string,
    environment: EnvironmentName,
  ) {
    this.#store = store;
    this.#prefix = `${recoveryPrefix(service, environment)}rebuild/`;
  }

  /** Nothing where none was begun. */
  async read(): Promise<RebuildRecord | undefined> {
    const keys = await this.#store.keys(this.#prefix);
    const started = await this.#document<RebuildStarted>("started.json");
    if (started === undefined) return undefined;
    const tables = keys.flatMap((key) => /\/table-([^/]+)\.json$/.exec(key)?.[1] ?? []);
    const brought = await Promise.all(
      tables.map(async (key) => [key, await this.#document(`table-${key}.json`)] as const),
    );
    return { started, brought: Object.fromEntries(brought) as RebuildRecord["brought"] };
  }

  /** @returns what counts: of two who begin at the same moment, both go on with what the first has chosen */
  async begin(started: RebuildStarted): Promise<RebuildStarted> {
    await this.#store.putOnce(`${this.#prefix}started.json`, canonicalJson(started));
    return (await this.#document<RebuildStarted>("started.json")) ?? started;
  }

  async brought(key: string, table: BroughtTable): Promise<void> {
    await this.#store.putOnce(`${this.#prefix}table-${key}.json`, canonicalJson(table));
  }

  async #document<Document>(name: string): Promise<Document | undefined> {
    const bytes = await this.#store.read(`${this.#prefix}${name}`);
    return bytes && (JSON.parse(Buffer.from(bytes).toString()) as Document);
  }
}
