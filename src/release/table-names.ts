import { LambdakitError } from "../errors/index.ts";
import { recoveryPrefix } from "../names.ts";
import { type ServicePlan, type TableNamesByKey, withTableNames } from "../plan/index.ts";
import { canonicalJson } from "../system/index.ts";
import { numberText } from "./numbered.ts";
import type { ObjectStore } from "./object-store.ts";

/** What a table was restored from. */
export interface RestoredTable {
  /** The moment that it was restored to, ISO 8601; null where a backup was taken. */
  readonly to: string | null;
  /** The backup's ARN; null where it was restored to a moment. */
  readonly backup: string | null;
  /** The table that it stands for now: it is kept aside, and nobody writes to it any more. */
  readonly from: string;
}

/** What a restore wrote down when it switched a service to other tables. */
export interface SwitchedTables {
  /** ISO 8601. */
  readonly at: string;
  /** The number of the operation, in the environment's history. */
  readonly operation: number;
  /** What tables are called since then; one that is left out is called as the manifest says. */
  readonly tables: TableNamesByKey;
  /** By the table's key: those that were switched then. */
  readonly restored: Readonly<Record<string, RestoredTable>>;
}

/** A switch, with the number that it was written under. */
export interface TableSwitch extends SwitchedTables {
  readonly number: number;
}

/**
 * Which tables are a service's in an environment. A restore makes tables with names that no manifest knows; what it
 * switches to is written here once, numbered, and the newest counts.
 */
export class TableNames {
  readonly #store: ObjectStore;
  readonly #environment: string;
  readonly #prefix: string;

  constructor(store: ObjectStore, service: string, environment: string) {
    this.#store = store;
    this.#environment = environment;
    this.#prefix = `${recoveryPrefix(service, environment)}tables/`;
  }

  /** The names that differ from the manifest's, by the tables' keys. Empty where nothing was ever switched. */
  async read(): Promise<TableNamesByKey> {
    return (await this.newest())?.tables ?? {};
  }

  /** The last switch; nothing where there was none. */
  async newest(): Promise<TableSwitch | undefined> {
    const number = (await this.#numbers())[0];
    return number === undefined ? undefined : this.#load(number);
  }

  /** All switches, the newest first. */
  async switches(): Promise<TableSwitch[]> {
    return Promise.all((await this.#numbers()).map((number) => this.#load(number)));
  }

  /** A plan with the names that are true here. Without tables, nothing is asked. */
  async applyTo(plan: ServicePlan): Promise<ServicePlan> {
    return plan.tables.length === 0 ? plan : withTableNames(plan, await this.read());
  }

  /**
   * Writes down that a service uses other tables from now on. Done twice, it is done once: where the newest switch has
   * these names already, that one stays.
   *
   * @param tables those that are switched; all others keep their names
   * @throws {LambdakitError} RELEASE_TAKEN_OVER where somebody else switches at the same moment
   */
  async switchTo(switched: SwitchedTables): Promise<TableSwitch> {
    const last = await this.newest();
    const tables = { ...last?.tables, ...switched.tables };
    return this.#write(last, { ...switched, tables });
  }

  /**
   * Writes down that all tables are called as the manifest says: those that were there are no more.
   *
   * @throws {LambdakitError} RELEASE_TAKEN_OVER where somebody else switches at the same moment
   */
  async forget(operation: number): Promise<void> {
    const last = await this.newest();
    if (last === undefined) return;
    await this.#write(last, { at: new Date().toISOString(), operation, tables: {}, restored: {} });
  }

  async #write(last: TableSwitch | undefined, switched: SwitchedTables): Promise<TableSwitch> {
    if (last !== undefined && isSame(last.tables, switched.tables)) return last;
    const number = (last?.number ?? 0) + 1;
    if (await this.#store.putOnce(this.#key(number), canonicalJson(switched))) {
      return { number, ...switched };
    }
    const other = await this.#load(number);
    if (isSame(other.tables, switched.tables)) return other;
    throw new LambdakitError("RELEASE_TAKEN_OVER", {
      message: `Operation ${other.operation} has switched ${this.#environment} to other tables at the same moment as operation ${switched.operation}. This command has stopped.`,
      fix: `lambdakit releases history --env ${this.#environment} shows what was done meanwhile`,
    });
  }

  async #numbers(): Promise<number[]> {
    const keys = await this.#store.keys(this.#prefix);
    return keys
      .flatMap((key) => Number(/(\d{6})\.json$/.exec(key)?.[1] ?? []))
      .sort((one, other) => other - one);
  }

  async #load(number: number): Promise<TableSwitch> {
    const bytes = await this.#store.read(this.#key(number));
    const switched = JSON.parse(Buffer.from(bytes ?? []).toString()) as SwitchedTables;
    return { number, ...switched };
  }

  #key(number: number): string {
    return `${this.#prefix}${numberText(number)}.json`;
  }
}

function isSame(one: TableNamesByKey, other: TableNamesByKey): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
