import { type Item, type Json, objectOf, objectsOf, tableNameOf } from "./aws-call.ts";
import { type Ask, Refusal } from "./emulator.ts";
import type { FollowedTable } from "./followed-tables.ts";

const dayMilliseconds = 24 * 60 * 60 * 1_000;

/** The times that a table can be restored to, in milliseconds since 1970. */
export interface Window {
  readonly earliest: number;
  readonly latest: number;
}

/**
 * What can be restored of a table now.
 *
 * @param behindSeconds how far the latest time is behind now: on AWS about five minutes
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html (2026-11-27)
 */
export function windowOf(
  { history }: FollowedTable,
  days: number,
  now: number,
  behindSeconds: number,
): Window {
  const earliest = Math.max(history.since, now - days * dayMilliseconds);
  return { earliest, latest: Math.max(earliest, now - behindSeconds * 1_000) };
}

/** The emulator's answer to DescribeContinuousBackups, with a window that is true. */
export function withWindow(output: Json, { earliest, latest }: Window): Json {
  const description = objectOf(output.ContinuousBackupsDescription);
  return {
    ContinuousBackupsDescription: {
      ...description,
      PointInTimeRecoveryDescription: {
        ...objectOf(description.PointInTimeRecoveryDescription),
        EarliestRestorableDateTime: earliest / 1_000,
        LatestRestorableDateTime: latest / 1_000,
      },
    },
  };
}

/**
 * The time that a restore asks for, in milliseconds since 1970: AWS knows whole seconds.
 *
 * @throws {Refusal} ValidationException, InvalidRestoreTimeException
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html (2026-11-27)
 */
export function restoreTime(input: Json, { earliest, latest }: Window): number {
  const { UseLatestRestorableTime: useLatest, RestoreDateTime: seconds } = input;
  if ((useLatest === true) === (typeof seconds === "number")) {
    throw new Refusal(
      "ValidationException",
      "Either RestoreDateTime or UseLatestRestorableTime has to be given",
    );
  }
  if (useLatest === true) return latest;
  const at = Math.floor(Number(seconds)) * 1_000;
  // The first second is one that the window begins within.
  if (at + 999 < earliest || at > latest) {
    throw new Refusal(
      "InvalidRestoreTimeException",
      `An invalid restore time was specified. RestoreDateTime must be between ${new Date(earliest).toISOString()} and ${new Date(latest).toISOString()}.`,
    );
  }
  return Math.max(at, earliest);
}

/**
 * What CreateTable is told for a restored table. It keeps keys, indexes, billing mode, capacity and encryption,
 * and has neither tags, stream, time to live, recovery nor deletion protection.
 *
 * @param source as DescribeTable has it
 * @param input of RestoreTableToPointInTime
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html (2026-11-27)
 */
export function restoredTable(source: Json, input: Json): Json {
  const mode =
    input.BillingModeOverride ?? objectOf(source.BillingModeSummary).BillingMode ?? "PROVISIONED";
  const isProvisioned = mode === "PROVISIONED";
  const index = (one: Json): Json => ({
    IndexName: one.IndexName,
    KeySchema: one.KeySchema,
    Projection: one.Projection,
    ...(isProvisioned &&
      one.ProvisionedThroughput !== undefined && {
        ProvisionedThroughput: capacity(objectOf(one.ProvisionedThroughput)),
      }),
  });
  const indexes = (override: unknown, own: unknown) => objectsOf(override ?? own).map(index);
  const global = indexes(input.GlobalSecondaryIndexOverride, source.GlobalSecondaryIndexes);
  const local = indexes(input.LocalSecondaryIndexOverride, source.LocalSecondaryIndexes);
  const keys = [source, ...global, ...local].flatMap(({ KeySchema }) =>
    objectsOf(KeySchema).map(({ AttributeName }) => AttributeName),
  );
  const encryption = encryptionOf(source, input);
  return {
    TableName: input.TargetTableName,
    KeySchema: source.KeySchema,
    AttributeDefinitions: objectsOf(source.AttributeDefinitions).filter(({ AttributeName }) =>
      keys.includes(AttributeName),
    ),
    BillingMode: mode,
    ...(isProvisioned && {
      ProvisionedThroughput: capacity(
        objectOf(input.ProvisionedThroughputOverride ?? source.ProvisionedThroughput),
      ),
    }),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(encryption !== undefined && { SSESpecification: encryption }),
  };
}

function capacity({ ReadCapacityUnits, WriteCapacityUnits }: Json): Json {
  return { ReadCapacityUnits, WriteCapacityUnits };
}

function encryptionOf(source: Json, input: Json): Json | undefined {
  if (input.SSESpecificationOverride !== undefined) return objectOf(input.SSESpecificationOverride);
  const { SSEType, KMSMasterKeyArn } = objectOf(source.SSEDescription);
  return SSEType === "KMS"
    ? { Enabled: true, SSEType, KMSMasterKeyId: KMSMasterKeyArn }
    : undefined;
}

/** As many as one call takes. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html (2026-11-27) */
const itemsAtOnce = 25;

/** Puts items into a table that nobody else writes to yet. */
export async function fill(name: string, items: Iterable<Item>, ask: Ask): Promise<void> {
  const put = async (batch: readonly Item[]) => {
    let requests: unknown = batch.map((Item) => ({ PutRequest: { Item } }));
    while (Array.isArray(requests) && requests.length > 0) {
      const answer = await ask("BatchWriteItem", { RequestItems: { [name]: requests } });
      requests = objectOf(answer.UnprocessedItems)[name];
    }
  };
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < itemsAtOnce) continue;
    await put(batch);
    batch = [];
  }
  if (batch.length > 0) await put(batch);
}

/** The table that is to be restored, by its name or its ARN. */
export function sourceOf({ SourceTableName, SourceTableArn }: Json): string {
  return tableNameOf(SourceTableName ?? SourceTableArn);
}
