import { type Input, objectOf } from "./calls/input.ts";
import type { PlanTables } from "./calls/plan-tables.ts";

/**
 * A call about items with names where it names tables by ARN, which engines do not understand. Nothing
 * is changed inside of items.
 */
export function withTableNames(input: Input, tables: PlanTables): Input {
  const { TableName, RequestItems, TransactItems } = input;
  return {
    ...input,
    ...(typeof TableName === "string" && { TableName: tables.nameOf(TableName) }),
    ...(RequestItems !== undefined && {
      RequestItems: renamed(RequestItems, (name) => tables.nameOf(name)),
    }),
    ...(Array.isArray(TransactItems) && {
      TransactItems: TransactItems.map((part) =>
        mapValues(part, (one) => withTableNames(one, tables)),
      ),
    }),
  };
}

/** The answer to a batch, with its tables called as the caller has called them. */
export function asNamed(answer: Input, input: Input, tables: PlanTables): Input {
  const written = new Map(
    Object.keys(objectOf(input.RequestItems)).map((name) => [tables.nameOf(name), name]),
  );
  const members = ["Responses", "UnprocessedKeys", "UnprocessedItems"] as const;
  const changed = members
    .filter((member) => answer[member] !== undefined && !Array.isArray(answer[member]))
    .map((member) => [member, renamed(answer[member], (name) => written.get(name) ?? name)]);
  return { ...answer, ...Object.fromEntries(changed) };
}

function renamed(value: unknown, rename: (name: string) => string): Input {
  return Object.fromEntries(
    Object.entries(objectOf(value)).map(([name, member]) => [rename(name), member]),
  );
}

function mapValues(value: unknown, change: (value: Input) => unknown): Input {
  return Object.fromEntries(
    Object.entries(objectOf(value)).map(([name, member]) => [name, change(objectOf(member))]),
  );
}
