import type { AccessRequest } from "../../../evaluate/index.ts";
import { attributesOf } from "./attributes.ts";
import { type Input, keyText, objectOf, objectsOf, textOf } from "./input.ts";
import { queriedKey } from "./leading-keys.ts";
import type { PlanTables } from "./plan-tables.ts";

/**
 * The access requests of an operation on items; undefined for every other operation.
 *
 * A batch is one request for each table, under the batch's own action. A transaction is one for each of
 * its parts, under the part's action.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 */
export function itemRequests(
  operation: string,
  input: Input,
  tables: PlanTables,
): AccessRequest[] | undefined {
  switch (operation) {
    case "GetItem":
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
    case "Query":
    case "Scan":
      return onTable(operation, input, tables);
    case "BatchGetItem":
    case "BatchWriteItem":
      return Object.entries(objectOf(input.RequestItems)).map(([table, asked]) =>
        batchRequest(operation, table, asked, tables),
      );
    case "TransactGetItems":
    case "TransactWriteItems":
      return objectsOf(input.TransactItems).flatMap((part) =>
        partRequests(operation, part, tables),
      );
    default:
      return undefined;
  }
}

/** The member of a transaction's item, and the action that it needs. */
const partActions: Readonly<Record<string, string>> = {
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
};

function partRequests(operation: string, part: Input, tables: PlanTables): AccessRequest[] {
  return Object.entries(part).flatMap(([member, input]) => {
    const action = partActions[member];
    return action === undefined ? [] : onTable(action, objectOf(input), tables, operation);
  });
}

function onTable(
  action: string,
  input: Input,
  tables: PlanTables,
  enclosing?: string,
): AccessRequest[] {
  const table = textOf(input.TableName);
  if (table === undefined) return [];
  const partitionKey = tables.partitionKeyOf(table, input.IndexName);
  const leading = partitionKey === undefined ? [] : leadingKey(action, input, partitionKey);
  return [
    {
      action: `dynamodb:${action}`,
      resource: tables.arnOf(table, input.IndexName),
      context: {
        ...given("LeadingKeys", leading),
        ...given("Attributes", attributesOf(input)),
        ...given("Select", textOf(input.Select)),
        ...given("ReturnValues", textOf(input.ReturnValues)),
        ...given("ReturnConsumedCapacity", textOf(input.ReturnConsumedCapacity)),
        ...given("EnclosingOperation", enclosing),
      },
    },
  ];
}

/** A scan has none: it reads all of them. */
function leadingKey(action: string, input: Input, partitionKey: string): string[] {
  if (action === "Query") return list(queriedKey(input, partitionKey));
  const item = action === "PutItem" ? input.Item : input.Key;
  return list(keyText(objectOf(item)[partitionKey]));
}

function batchRequest(
  operation: string,
  table: string,
  asked: unknown,
  tables: PlanTables,
): AccessRequest {
  const writes = objectsOf(asked).map(
    ({ PutRequest, DeleteRequest }) => objectOf(PutRequest).Item ?? objectOf(DeleteRequest).Key,
  );
  const items =
    operation === "BatchGetItem" ? objectsOf(objectOf(asked).Keys) : writes.map(objectOf);
  const partitionKey = tables.partitionKeyOf(table) ?? "";
  const leading = items.flatMap((item) => list(keyText(item[partitionKey])));
  const attributes = [...attributesOf(objectOf(asked)), ...items.flatMap(Object.keys)];
  return {
    action: `dynamodb:${operation}`,
    resource: tables.arnOf(table),
    context: {
      ...given("LeadingKeys", [...new Set(leading)]),
      ...given("Attributes", [...new Set(attributes)]),
    },
  };
}

function list(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}

/** A key without a value is no key: a condition can ask whether it is there. */
function given(name: string, value: string | readonly string[] | undefined) {
  return value === undefined || value.length === 0 ? {} : { [`dynamodb:${name}`]: value };
}
