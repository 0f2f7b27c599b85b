import { objectOf, textOf } from "../calls/input.ts";
import type { PlanTables } from "../calls/plan-tables.ts";
import type { CallEngine } from "./operation.ts";

/**
 * Translates between the ARNs of the plan's account and region and those that the engine makes up, such
 * as `arn:aws:dynamodb:dynoxide:000000000000:table/orders`.
 */
export class EngineArns {
  readonly #call: CallEngine;
  #prefix: string | undefined;

  constructor(call: CallEngine) {
    this.#call = call;
  }

  /** An answer of the engine, with the plan's ARNs in all of its members that are called so. */
  toPlan(answer: unknown, tables: PlanTables): unknown {
    return mapMembers(answer, (name, text) =>
      name.endsWith("Arn") ? text.replace(anyPrefix, tables.arnPrefix) : text,
    );
  }

  /** A request with the engine's ARNs, and with names where it names tables by ARN. */
  async toEngine(input: unknown, tables: PlanTables): Promise<unknown> {
    this.#prefix ??= await this.#read();
    const prefix = this.#prefix ?? tables.arnPrefix;
    return mapMembers(input, (name, text) => {
      if (name.endsWith("TableName")) return tables.nameOf(text);
      if (!name.endsWith("Arn") || !text.startsWith(tables.arnPrefix)) return text;
      return `${prefix}${text.slice(tables.arnPrefix.length)}`;
    });
  }

  /** From any table there is; undefined where there is none, and so nothing that has an ARN. */
  async #read(): Promise<string | undefined> {
    const { TableNames } = await this.#call("ListTables", { Limit: 1 });
    const [TableName] = TableNames as string[];
    if (TableName === undefined) return undefined;
    const { Table } = await this.#call("DescribeTable", { TableName });
    return anyPrefix.exec(textOf(objectOf(Table).TableArn) ?? "")?.[0];
  }
}

/** Region and account of an ARN of DynamoDB, whatever an engine has there. */
const anyPrefix = /^arn:aws:dynamodb:[^:]*:[^:]*:/;

/** The same value, with each text replaced by what is made of it and of its member's name. */
function mapMembers(
  value: unknown,
  change: (name: string, text: string) => string,
  name = "",
): unknown {
  if (typeof value === "string") return change(name, value);
  if (Array.isArray(value)) return value.map((one) => mapMembers(one, change, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, mapMembers(member, change, key)]),
  );
}
