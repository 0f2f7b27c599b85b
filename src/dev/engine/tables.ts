import { LambdakitError } from "../../errors/index.ts";
import type { KeyPlan, TablePlan } from "../../plan/index.ts";
import { isTableNotFound, tableApi } from "./table-api.ts";

interface Keys {
  readonly partitionKey: KeyPlan;
  readonly sortKey: KeyPlan | null;
}

/** Creates the table that the plan describes, with its indexes. */
export async function createTable(endpoint: string, table: TablePlan): Promise<void> {
  const { TableDescription } = await tableApi<{ TableDescription: Description }>(
    endpoint,
    "CreateTable",
    {
      TableName: table.name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: attributeDefinitions(table),
      KeySchema: keySchema(table),
      ...(table.indexes.length === 0
        ? {}
        : {
            GlobalSecondaryIndexes: table.indexes.map((index) => ({
              IndexName: index.name,
              KeySchema: keySchema(index),
              Projection: { ProjectionType: "ALL" },
            })),
          }),
    },
  );
  // Dynoxide's tables are there at once; DynamoDB's, and dynalite's, some time after the answer.
  for (let created: Description | undefined = TableDescription; !isActive(created); ) {
    await pause();
    created = await describe(endpoint, table.name);
  }
}

/**
 * Creates the table where there is none, and accepts one that has the same keys.
 *
 * @throws {LambdakitError} TABLE_DIFFERS: keys cannot be changed, so the data would have to go
 */
export async function ensureTable(
  endpoint: string,
  table: TablePlan,
): Promise<"created" | "unchanged"> {
  const existing = await describe(endpoint, table.name);
  if (existing === undefined) {
    await createTable(endpoint, table);
    return "created";
  }
  const wanted = shape(
    keySchema(table),
    attributeDefinitions(table),
    table.indexes.map((index) => [index.name, keySchema(index)]),
  );
  const found = shape(
    existing.KeySchema,
    existing.AttributeDefinitions,
    (existing.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index.KeySchema]),
  );
  if (wanted === found) return "unchanged";
  throw new LambdakitError("TABLE_DIFFERS", {
    message: `The local table ${table.name} has other keys or indexes than ${table.from} in service.ts.`,
    fix: "lambdakit dev --reset (deletes the local data)",
    at: table.from,
  });
}

/** Deletes a table and all that is in it, if there is one, and waits until its name is free. */
export async function deleteTable(endpoint: string, name: string): Promise<void> {
  try {
    await tableApi(endpoint, "DeleteTable", { TableName: name });
  } catch (error) {
    if (!isTableNotFound(error)) throw error;
  }
  while ((await describe(endpoint, name)) !== undefined) await pause();
}

/** Stops counting at the first page: it is for "empty or not", and for a number to show. */
export async function countItems(endpoint: string, name: string): Promise<number> {
  const { Count } = await tableApi<{ Count: number }>(endpoint, "Scan", {
    TableName: name,
    Select: "COUNT",
  });
  return Count;
}

/** Between two looks at a table that is being created or deleted. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}

interface Description {
  readonly TableStatus: string;
  readonly KeySchema: KeySchema;
  readonly AttributeDefinitions: AttributeDefinition[];
  readonly GlobalSecondaryIndexes?: {
    IndexName: string;
    IndexStatus: string;
    KeySchema: KeySchema;
  }[];
}

type KeySchema = { AttributeName: string; KeyType: string }[];
type AttributeDefinition = { AttributeName: string; AttributeType: string };

async function describe(endpoint: string, name: string): Promise<Description | undefined> {
  try {
    const { Table } = await tableApi<{ Table: Description }>(endpoint, "DescribeTable", {
      TableName: name,
    });
    return Table;
  } catch (error) {
    if (isTableNotFound(error)) return undefined;
    throw error;
  }
}

function isActive(table: Description | undefined): boolean {
  const indexes = table?.GlobalSecondaryIndexes ?? [];
  return (
    table?.TableStatus === "ACTIVE" && indexes.every(({ IndexStatus }) => IndexStatus === "ACTIVE")
  );
}

function keySchema({ partitionKey, sortKey }: Keys): KeySchema {
  return [
    { AttributeName: partitionKey.name, KeyType: "HASH" },
    ...(sortKey === null ? [] : [{ AttributeName: sortKey.name, KeyType: "RANGE" }]),
  ];
}

function attributeDefinitions(table: TablePlan): AttributeDefinition[] {
  const keys = [table, ...table.indexes].flatMap(({ partitionKey, sortKey }) =>
    sortKey === null ? [partitionKey] : [partitionKey, sortKey],
  );
  const types = new Map(keys.map(({ name, type }) => [name, type]));
  return [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}

/** A text that is equal for tables that can stand for each other. */
function shape(
  keys: KeySchema,
  attributes: readonly AttributeDefinition[],
  indexes: readonly (readonly [string, KeySchema])[],
): string {
  const plain = (schema: KeySchema) => schema.map((key) => `${key.KeyType} ${key.AttributeName}`);
  return JSON.stringify([
    plain(keys),
    attributes.map((one) => `${one.AttributeName} ${one.AttributeType}`).sort(),
    indexes.map(([name, schema]) => `${name} ${plain(schema).join(" ")}`).sort(),
  ]);
}
