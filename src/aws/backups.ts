import type { BackupSummary, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** A copy of a table that DynamoDB keeps. */
export interface BackupState {
  readonly arn: string;
  readonly name: string;
  /** `system` is what DynamoDB makes itself where a table is deleted that had point-in-time recovery. */
  readonly kind: "on-demand" | "aws-backup" | "system";
  /** `AVAILABLE` once it can be restored. */
  readonly status: string;
  /** When it was asked for: what was written before is in it. ISO 8601. */
  readonly at: string;
  readonly bytes: number;
  /** When AWS deletes it; null where nobody has said so. ISO 8601. */
  readonly expiresAt: string | null;
  /** Where AWS Backup keeps it; left out where DynamoDB does. */
  readonly vault?: {
    readonly name: string;
    readonly region: string;
    /** The table that it is of: its ARN does not say it. */
    readonly table: string;
  };
}

/** Between which moments a table can be restored to any second. ISO 8601. */
export interface RestorableWindow {
  readonly earliest: string;
  readonly latest: string;
}

/**
 * Backups of DynamoDB's tables. Every call throws what `awsError` says.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_HowItWorks.html (2026-11-27)
 */
export class Backups {
  readonly #call: Call<typeof import("@aws-sdk/client-dynamodb"), DynamoDBClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-dynamodb"),
      (dynamo) => new dynamo.DynamoDBClient({ region, ...access }),
    );
  }

  /**
   * All of a table, the newest first; those of one that was deleted, too.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html (2026-11-27)
   */
  async list(table: string): Promise<BackupState[]> {
    return this.#call(`list the backups of ${table}`, async (client, dynamo) => {
      const found: BackupSummary[] = [];
      let next: string | undefined;
      do {
        const page = await client.send(
          new dynamo.ListBackupsCommand({
            TableName: table,
            BackupType: "ALL",
            ...(next !== undefined && { ExclusiveStartBackupArn: next }),
          }),
        );
        found.push(...(page.BackupSummaries ?? []));
        next = page.LastEvaluatedBackupArn;
      } while (next !== undefined);
      return found.map(stateOf).sort((one, other) => (one.at < other.at ? 1 : -1));
    });
  }

  /**
   * How far point-in-time recovery reaches: null where it is off, nothing where there is no such table.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html (2026-11-27)
   */
  async window(table: string): Promise<RestorableWindow | null | undefined> {
    return this.#call(`look how far ${table} can be restored`, (client, dynamo) =>
      unlessMissing(async () => {
        const { ContinuousBackupsDescription } = await client.send(
          new dynamo.DescribeContinuousBackupsCommand({ TableName: table }),
        );
        const {
          PointInTimeRecoveryStatus,
          EarliestRestorableDateTime: earliest,
          LatestRestorableDateTime: latest,
        } = ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
        if (PointInTimeRecoveryStatus !== "ENABLED" || latest === undefined) return null;
        return { earliest: (earliest ?? latest).toISOString(), latest: latest.toISOString() };
      }),
    );
  }

  /** @returns its ARN; it may not be available yet */
  async create(table: string, name: string): Promise<string> {
    return this.#call(`back up ${table}`, async (client, dynamo) => {
      const { BackupDetails } = await client.send(
        new dynamo.CreateBackupCommand({ TableName: table, BackupName: name }),
      );
      return BackupDetails?.BackupArn ?? "";
    });
  }

  /** What `CREATING` has become; nothing where there is no such backup. */
  async status(arn: string): Promise<string | undefined> {
    return this.#call(`look at the backup ${arn}`, (client, dynamo) =>
      unlessMissing(async () => {
        const { BackupDescription } = await client.send(
          new dynamo.DescribeBackupCommand({ BackupArn: arn }),
        );
        return BackupDescription?.BackupDetails?.BackupStatus ?? "";
      }),
    );
  }

  /** It cannot be had back. One that is gone already stays so. */
  async remove(arn: string): Promise<void> {
    await this.#call(`delete the backup ${arn}`, (client, dynamo) =>
      unlessMissing(() => client.send(new dynamo.DeleteBackupCommand({ BackupArn: arn }))),
    );
  }
}

const kinds = { USER: "on-demand", AWS_BACKUP: "aws-backup", SYSTEM: "system" } as const;

function stateOf(summary: BackupSummary): BackupState {
  return {
    arn: summary.BackupArn ?? "",
    name: summary.BackupName ?? "",
    kind: kinds[summary.BackupType ?? "USER"],
    status: summary.BackupStatus ?? "",
    at: (summary.BackupCreationDateTime ?? new Date(0)).toISOString(),
    bytes: summary.BackupSizeBytes ?? 0,
    expiresAt: summary.BackupExpiryDateTime?.toISOString() ?? null,
  };
}
