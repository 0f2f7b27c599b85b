import type { ServicePlan, TablePlan } from "../../../plan/index.ts";

type Place = Pick<ServicePlan, "accountId" | "region" | "tables">;

/** The tables of one plan by name, and the ARNs of those that it does not have. */
export class PlanTables {
  /** Such as `arn:aws:dynamodb:eu-west-1:123456789012:`. */
  readonly arnPrefix: string;
  readonly #byName: ReadonlyMap<string, TablePlan>;

  constructor({ accountId, region, tables }: Place) {
    this.arnPrefix = `arn:aws:dynamodb:${region}:${accountId}:`;
    this.#byName = new Map(tables.map((table) => [table.name, table]));
  }

  /** @param table its name or its ARN */
  find(table: string): TablePlan | undefined {
    return this.#byName.get(this.nameOf(table));
  }

  /** A table that is not in the plan gets the ARN that it would have. */
  arnOf(table: string, indexName?: unknown): string {
    const arn = table.startsWith("arn:") ? table : `${this.arnPrefix}table/${table}`;
    return typeof indexName === "string" ? `${arn}/index/${indexName}` : arn;
  }

  /** The name behind an ARN of this account and region; anything else stays as it is. */
  nameOf(table: string): string {
    const prefix = `${this.arnPrefix}table/`;
    return table.startsWith(prefix) ? table.slice(prefix.length) : table;
  }

  /** The attribute that a read or write of this table, or of this index of it, starts with. */
  partitionKeyOf(table: string, indexName?: unknown): string | undefined {
    const plan = this.find(table);
    if (typeof indexName !== "string") return plan?.partitionKey.name;
    return plan?.indexes.find(({ name }) => name === indexName)?.partitionKey.name;
  }
}
