import type { Account } from "../../../src/emulator/deployed/account.ts";
import type { KeyPlan, TablePlan } from "../../../src/plan/index.ts";

interface Keys {
  readonly partitionKey: KeyPlan;
  readonly sortKey: KeyPlan | null;
}

/** A table with its keys and indexes, and nothing in it. */
export async function plantTable(account: Account, table: TablePlan): Promise<void> {
  const { name: TableName, indexes, timeToLiveAttribute } = table;
  const keys = [table, ...indexes].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);
  const types = new Map(keys.flatMap((key) => (key === null ? [] : [[key.name, key.type]])));
  await account.table("CreateTable", {
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: schemaOf(table),
    AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: schemaOf(index),
        Projection: { ProjectionType: "ALL" },
      })),
    }),
  });
  if (timeToLiveAttribute === null) return;
  const TimeToLiveSpecification = { AttributeName: timeToLiveAttribute, Enabled: true };
  await account.table("UpdateTimeToLive", { TableName, TimeToLiveSpecification });
}

function schemaOf({ partitionKey, sortKey }: Keys) {
  return [
    { AttributeName: partitionKey.name, KeyType: "HASH" },
    ...(sortKey === null ? [] : [{ AttributeName: sortKey.name, KeyType: "RANGE" }]),
  ];
}
