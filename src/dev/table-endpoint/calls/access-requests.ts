import type { AccessRequest } from "../../../evaluate/index.ts";
import { type Input, textOf } from "./input.ts";
import { itemRequests } from "./item-requests.ts";
import { partiqlRequests } from "./partiql.ts";
import type { PlanTables } from "./plan-tables.ts";

/**
 * What a policy has to allow before a call may pass: one request for each action and resource. Empty
 * where the call names no table although it must: DynamoDB refuses it for that.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function accessRequests(
  operation: string,
  input: Input,
  tables: PlanTables,
): readonly AccessRequest[] {
  return (
    itemRequests(operation, input, tables) ??
    partiqlRequests(operation, input, tables) ??
    controlRequests(operation, input, tables)
  );
}

function controlRequests(operation: string, input: Input, tables: PlanTables): AccessRequest[] {
  const actions = [operation, ...(besides[operation] ?? [])];
  return resourcesOf(operation, input, tables).flatMap((resource) =>
    actions.map((action) => ({ action: `dynamodb:${action}`, resource, context: {} })),
  );
}

/** A restore writes the items with the rights of whoever asks for it. */
const itemActions = [
  "BatchWriteItem",
  "DeleteItem",
  "GetItem",
  "PutItem",
  "Query",
  "Scan",
  "UpdateItem",
];
const besides: Readonly<Record<string, readonly string[]>> = {
  RestoreTableFromBackup: itemActions,
  RestoreTableToPointInTime: itemActions,
};

/** The members that name what a call is about, and those of which the call is about two. */
const arnMembers = ["ResourceArn", "TableArn", "SourceTableArn", "BackupArn", "StreamArn"];
const nameMembers = ["TableName", "SourceTableName", "TargetTableName"];

function resourcesOf(operation: string, input: Input, tables: PlanTables): string[] {
  const arns = arnMembers.flatMap((member) => textOf(input[member]) ?? []);
  const names = nameMembers.flatMap((member) => textOf(input[member]) ?? []);
  const resources = [...arns, ...names.map((name) => tables.arnOf(name))];
  if (resources.length > 0) return resources;
  // AWS's message about ListTables names all tables, and not `*`.
  return [operation === "ListTables" ? tables.arnOf("*") : "*"];
}
