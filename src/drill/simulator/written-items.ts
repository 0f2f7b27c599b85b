import { type Item, type Json, objectOf, objectsOf, tableNameOf } from "./aws-call.ts";

/** What a call that succeeded has done to one table. */
export type Written =
  | { readonly table: string; readonly put: Item }
  | { readonly table: string; readonly deleted: Item }
  /** What the item is now, only the table knows. */
  | { readonly table: string; readonly updated: Item }
  /** Some items, and nobody can tell which. */
  | { readonly table: string; readonly any: true };

/**
 * What a call writes; nothing for one that reads.
 *
 * @param output of the call; before it has ended, nothing is known of it, and an empty object stands for that
 * @returns undefined where it may write, and where to cannot be told
 */
export function writtenBy(
  operation: string,
  input: Json,
  output: Json,
): readonly Written[] | undefined {
  switch (operation) {
    case "PutItem":
    case "DeleteItem":
    case "UpdateItem":
      return [single(operation, input)];
    case "BatchWriteItem":
      return batch(input, output);
    case "TransactWriteItems":
      return objectsOf(input.TransactItems).flatMap((part) =>
        ["Put", "Delete", "Update"].flatMap((kind) =>
          part[kind] === undefined ? [] : [single(`${kind}Item`, objectOf(part[kind]))],
        ),
      );
    case "ExecuteStatement":
      return statements([input]);
    case "BatchExecuteStatement":
      return statements(objectsOf(input.Statements));
    case "ExecuteTransaction":
      return statements(objectsOf(input.TransactStatements));
    default:
      return [];
  }
}

function single(operation: string, { TableName, Item, Key }: Json): Written {
  const table = tableNameOf(TableName);
  if (operation === "PutItem") return { table, put: objectOf(Item) };
  if (operation === "DeleteItem") return { table, deleted: objectOf(Key) };
  return { table, updated: objectOf(Key) };
}

function batch(input: Json, output: Json): Written[] {
  const unprocessed = objectOf(output.UnprocessedItems);
  return Object.entries(objectOf(input.RequestItems)).flatMap(([name, requests]) => {
    const table = tableNameOf(name);
    // What was done of such a call, it does not say in an order that could be compared.
    if (objectsOf(unprocessed[name]).length > 0) return [{ table, any: true as const }];
    return objectsOf(requests).map(
      ({ PutRequest, DeleteRequest }): Written =>
        PutRequest === undefined
          ? { table, deleted: objectOf(objectOf(DeleteRequest).Key) }
          : { table, put: objectOf(objectOf(PutRequest).Item) },
    );
  });
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.statements.html (2026-11-27) */
function statements(all: readonly Json[]): Written[] | undefined {
  const written: Written[] = [];
  for (const { Statement } of all) {
    const text = String(Statement ?? "").trim();
    if (/^(SELECT|EXISTS)\b/i.test(text)) continue;
    const table = /^(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?([\w.-]+)"?/i.exec(text)?.[1];
    if (table === undefined) return undefined;
    written.push({ table, any: true });
  }
  return written;
}
