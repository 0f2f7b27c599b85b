import { TableApiError } from "../../engine/index.ts";
import { TableError } from "../answers.ts";
import { type Input, objectOf, objectsOf } from "../calls/input.ts";
import type { ExistingTable } from "./existing-table.ts";
import type { CallEngine } from "./operation.ts";

/** A table as it was, with all of its items. */
export interface Backup {
  readonly arn: string;
  readonly name: string;
  readonly table: ExistingTable;
  readonly items: readonly Input[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export async function copyItems(call: CallEngine, TableName: string): Promise<Input[]> {
  const items: Input[] = [];
  for (let start: unknown; ; ) {
    const page = await call("Scan", {
      TableName,
      ConsistentRead: true,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    items.push(...objectsOf(page.Items));
    start = page.LastEvaluatedKey;
    if (start === undefined) return items;
  }
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const itemsInBatch = 25;

export async function writeItems(
  call: CallEngine,
  TableName: string,
  items: readonly Input[],
): Promise<void> {
  for (let start = 0; start < items.length; start += itemsInBatch) {
    const writes = items.slice(start, start + itemsInBatch);
    let RequestItems: unknown = { [TableName]: writes.map((Item) => ({ PutRequest: { Item } })) };
    while (Object.keys(objectOf(RequestItems)).length > 0) {
      ({ UnprocessedItems: RequestItems } = await call("BatchWriteItem", { RequestItems }));
    }
  }
}

/**
 * An empty table with the keys and indexes of the one that was backed up.
 * @throws {TableError} TableAlreadyExistsException
 */
export async function createFrom(
  { table: { description } }: Backup,
  TableName: string,
  call: CallEngine,
): Promise<Input> {
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } =
    description;
  try {
    const { TableDescription } = await call("CreateTable", {
      TableName,
      AttributeDefinitions,
      KeySchema,
      BillingMode: "PAY_PER_REQUEST",
      ...indexes("GlobalSecondaryIndexes", GlobalSecondaryIndexes),
      ...indexes("LocalSecondaryIndexes", LocalSecondaryIndexes),
    });
    while (objectOf((await call("DescribeTable", { TableName })).Table).TableStatus !== "ACTIVE") {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return objectOf(TableDescription);
  } catch (error) {
    const isTaken = error instanceof TableApiError && error.name === "ResourceInUseException";
    if (!isTaken) throw error;
    throw new TableError("TableAlreadyExistsException", `Table already exists: ${TableName}`);
  }
}

function indexes(member: string, described: unknown) {
  const list = objectsOf(described).map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
  return list.length === 0 ? {} : { [member]: list };
}

/** A line of `ListBackups`. */
export function summary({ arn, name, table, items, createdAt }: Backup) {
  return {
    TableName: table.name,
    TableId: table.description.TableId,
    TableArn: table.arn,
    BackupArn: arn,
    BackupName: name,
    BackupCreationDateTime: createdAt / 1_000,
    BackupStatus: "AVAILABLE",
    BackupType: "USER",
    BackupSizeBytes: Buffer.byteLength(JSON.stringify(items)),
  };
}

/** What `DescribeBackup` says. */
export function details(backup: Backup) {
  const { TableName, TableId, TableArn, ...BackupDetails } = summary(backup);
  const { description } = backup.table;
  return {
    BackupDetails,
    SourceTableDetails: {
      TableName,
      TableId,
      TableArn,
      KeySchema: description.KeySchema,
      TableCreationDateTime: description.CreationDateTime,
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      ItemCount: backup.items.length,
      BillingMode: "PAY_PER_REQUEST",
    },
    SourceTableFeatureDetails: {
      ...indexes("GlobalSecondaryIndexes", description.GlobalSecondaryIndexes),
      ...indexes("LocalSecondaryIndexes", description.LocalSecondaryIndexes),
    },
  };
}
