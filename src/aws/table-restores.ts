import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdakitError } from "../errors/index.ts";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** What a table is restored from: a backup, or another table as it was at a moment (ISO 8601). */
export type RestoreSource =
  | { readonly backup: string }
  | { readonly table: string; readonly to: string };

/** A table, as far as it is seen whether it is a restored one, and whole. */
export interface RestoredState {
  /** `CREATING` while it is restored. */
  readonly status: string;
  /** Counted by DynamoDB about every six hours. */
  readonly items: number;
  readonly bytes: number;
  /** The regions that have a replica of it. */
  readonly replicas: readonly string[];
  /** Null where it was not restored. */
  readonly restore: {
    readonly isRunning: boolean;
    /** ARN; null where it was restored to a moment. */
    readonly backup: string | null;
    /** Name of the table that was backed up, or is copied. */
    readonly table: string;
  } | null;
}

/**
 * Restores of DynamoDB's tables, always to a name that is free. Every call throws what `awsError` says.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Restore.Tutorial.html (2026-11-27)
 */
export class TableRestores {
  readonly #region: string;
  readonly #call: Call<typeof import("@aws-sdk/client-dynamodb"), DynamoDBClient>;

  constructor(region: string, access: Access = {}) {
    this.#region = region;
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-dynamodb"),
      (dynamo) => new dynamo.DynamoDBClient({ region, ...access }),
    );
  }

  /** Nothing where there is no such table. */
  async read(name: string): Promise<RestoredState | undefined> {
    return this.#call(`look at the table ${name}`, (client, dynamo) =>
      unlessMissing(async () => {
        const { Table = {} } = await client.send(
          new dynamo.DescribeTableCommand({ TableName: name }),
        );
        const { RestoreSummary: summary } = Table;
        return {
          status: Table.TableStatus ?? "",
          items: Table.ItemCount ?? 0,
          bytes: Table.TableSizeBytes ?? 0,
          replicas: (Table.Replicas ?? []).flatMap(({ RegionName = [] }) => RegionName),
          restore:
            summary === undefined
              ? null
              : {
                  isRunning: summary.RestoreInProgress ?? false,
                  backup: summary.SourceBackupArn ?? null,
                  table: summary.SourceTableArn?.split("/")[1] ?? "",
                },
        };
      }),
    );
  }

  /**
   * Begins to restore; the table is there at once, and `CREATING` for as long as it takes.
   *
   * @throws {LambdakitError} RESTORE_LIMIT, RESTORE_NO_BACKUP, RESTORE_OUT_OF_RANGE, RESTORE_TARGET_TAKEN
   */
  async start(target: string, source: RestoreSource): Promise<void> {
    const what = `restore ${"backup" in source ? source.backup : source.table} to ${target}`;
    await this.#call(what, async (client, dynamo) => {
      const TargetTableName = target;
      if ("backup" in source) {
        const BackupArn = source.backup;
        await client.send(new dynamo.RestoreTableFromBackupCommand({ TargetTableName, BackupArn }));
        return;
      }
      const { table: SourceTableName, to } = source;
      const RestoreDateTime = new Date(to);
      await client.send(
        new dynamo.RestoreTableToPointInTimeCommand({
          SourceTableName,
          TargetTableName,
          RestoreDateTime,
        }),
      );
    }).catch((error: LambdakitError) => {
      throw refusal(error, target, this.#region) ?? error;
    });
  }
}

/** DynamoDB's refusals of a restore that have a better answer than its own. */
function refusal(
  error: LambdakitError,
  target: string,
  region: string,
): LambdakitError | undefined {
  const { message } = error;
  switch (Object(error.cause).name) {
    case "LimitExceededException":
      // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html (2026-11-27)
      return new LambdakitError("RESTORE_LIMIT", {
        message: `The account has as many restores, or as many tables, in ${region} as it may have. AWS lets 50 restores run at once.\n${message}`,
        fix: "wait until others have ended, or delete tables that nobody needs; then the same command again",
      });
    case "TableAlreadyExistsException":
    case "TableInUseException":
      return targetTaken(target);
    case "BackupNotFoundException":
      return new LambdakitError("RESTORE_NO_BACKUP", {
        message: `The backup is not there any more.\n${message}`,
        fix: "lambdakit dr backup list shows those that there are",
      });
    case "InvalidRestoreTimeException":
    case "PointInTimeRecoveryUnavailableException":
      return new LambdakitError("RESTORE_OUT_OF_RANGE", {
        message: `The table cannot be restored to that moment.\n${message}`,
        fix: "lambdakit dr backup list shows how far it can be",
      });
    default:
      return undefined;
  }
}

/** Of a name that somebody else has taken: DynamoDB restores over nothing. */
export function targetTaken(target: string): LambdakitError {
  return new LambdakitError("RESTORE_TARGET_TAKEN", {
    message: `There is a table ${target} already, and it is not from this restore. DynamoDB restores to a name that is free only.`,
    fix: `look what it is: aws dynamodb describe-table --table-name ${target}; once it is gone, the same command again`,
  });
}
