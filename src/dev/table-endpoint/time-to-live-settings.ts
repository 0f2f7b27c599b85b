import type { ServicePlan } from "../../plan/index.ts";

/** Which attribute says when an item expires: what the plan says, until a call has changed it. */
export class TimeToLiveSettings {
  readonly #plan: () => Pick<ServicePlan, "tables">;
  readonly #changed = new Map<string, string | null>();

  constructor(plan: () => Pick<ServicePlan, "tables">) {
    this.#plan = plan;
  }

  /** Null where items of the table do not expire. */
  attributeOf(tableName: string): string | null {
    const changed = this.#changed.get(tableName);
    if (changed !== undefined) return changed;
    const table = this.#plan().tables.find(({ name }) => name === tableName);
    return table?.timeToLiveAttribute ?? null;
  }

  set(tableName: string, attribute: string | null): void {
    this.#changed.set(tableName, attribute);
  }

  /** The tables whose items expire, with the attribute of each. */
  *[Symbol.iterator](): Generator<readonly [table: string, attribute: string]> {
    const names = new Set([
      ...this.#plan().tables.map(({ name }) => name),
      ...this.#changed.keys(),
    ]);
    for (const name of names) {
      const attribute = this.attributeOf(name);
      if (attribute !== null) yield [name, attribute];
    }
  }
}
