import type { BackupSummary, DynamoDBClient, KeySchemaElement } from "@aws-sdk/client-dynamodb";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** A table, as DynamoDB describes it. */
export interface TableState {
  /** `ACTIVE` where nothing is being done with it. */
  readonly status: string;
  /** Whether DynamoDB refuses to delete it. */
  readonly isProtected: boolean;
  /** Whether it is encrypted with a key of KMS, and not with one that belongs to DynamoDB. */
  readonly hasKey: boolean;
  /** The names of its keys, the partition key first. */
  readonly keys: readonly string[];
  readonly indexes: readonly {
    readonly name: string;
    readonly status: string;
    readonly keys: readonly string[];
  }[];
  readonly timeToLiveAttribute: string | null;
}

/** A moment that a table can be restored to. */
export interface BackupPoint {
  /** `continuous` is point-in-time recovery, which reaches up to minutes ago; the others are copies. */
  readonly kind: "continuous" | "on-demand" | "aws-backup";
  /** ISO 8601. */
  readonly at: string;
}

/** Tables of DynamoDB, and what they can be restored from. Every call throws what `awsError` says. */
export class Tables {
  readonly #call: Call<typeof import("@aws-sdk/client-dynamodb"), DynamoDBClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-dynamodb"),
      (dynamo) => new dynamo.DynamoDBClient({ region, ...access }),
    );
  }

  /** Nothing where there is no such table. */
  async read(name: string): Promise<TableState | undefined> {
    return this.#call(`look at the table ${name}`, (client, dynamo) =>
      unlessMissing(async () => {
        const [{ Table = {} }, { TimeToLiveDescription = {} }] = await Promise.all([
          client.send(new dynamo.DescribeTableCommand({ TableName: name })),
          client.send(new dynamo.DescribeTimeToLiveCommand({ TableName: name })),
        ]);
        const { TimeToLiveStatus = "", AttributeName } = TimeToLiveDescription;
        const isOn = TimeToLiveStatus === "ENABLED" || TimeToLiveStatus === "ENABLING";
        return {
          status: Table.TableStatus ?? "",
          isProtected: Table.DeletionProtectionEnabled ?? false,
          // DynamoDB says nothing of a key that is its own.
          // @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSEDescription.html (2026-11-27)
          hasKey: Table.SSEDescription?.SSEType === "KMS",
          keys: keyNames(Table.KeySchema),
          indexes: (Table.GlobalSecondaryIndexes ?? []).map((index) => ({
            name: index.IndexName ?? "",
            status: index.IndexStatus ?? "",
            keys: keyNames(index.KeySchema),
          })),
          timeToLiveAttribute: (isOn ? AttributeName : undefined) ?? null,
        };
      }),
    );
  }

  /**
   * The newest moment of each kind that a table can be restored to. Nothing where there is no such table.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html (2026-11-27)
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html (2026-11-27)
   */
  async backups(name: string): Promise<BackupPoint[] | undefined> {
    const [continuous, copies] = await Promise.all([this.#continuous(name), this.#copies(name)]);
    if (continuous === undefined) return undefined;
    const points = [...continuous, ...copies].sort((one, other) => (one.at < other.at ? 1 : -1));
    return points.filter(
      ({ kind }, index) => points.findIndex((other) => other.kind === kind) === index,
    );
  }

  async #continuous(name: string): Promise<BackupPoint[] | undefined> {
    return this.#call(`look how far ${name} can be restored`, (client, dynamo) =>
      unlessMissing(async () => {
        const { ContinuousBackupsDescription } = await client.send(
          new dynamo.DescribeContinuousBackupsCommand({ TableName: name }),
        );
        const { PointInTimeRecoveryStatus, LatestRestorableDateTime: latest } =
          ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
        const isOn = PointInTimeRecoveryStatus === "ENABLED" && latest !== undefined;
        return isOn ? [{ kind: "continuous" as const, at: latest.toISOString() }] : [];
      }),
    );
  }

  async #copies(name: string): Promise<BackupPoint[]> {
    return this.#call(`list the backups of ${name}`, async (client, dynamo) => {
      const found: BackupSummary[] = [];
      let next: string | undefined;
      do {
        const page = await client.send(
          new dynamo.ListBackupsCommand({
            TableName: name,
            BackupType: "ALL",
            ...(next !== undefined && { ExclusiveStartBackupArn: next }),
          }),
        );
        found.push(...(page.BackupSummaries ?? []));
        next = page.LastEvaluatedBackupArn;
      } while (next !== undefined);
      return found.flatMap(({ BackupStatus, BackupType, BackupCreationDateTime: at }) => {
        if (BackupStatus !== "AVAILABLE" || at === undefined) return [];
        const kind = BackupType === "AWS_BACKUP" ? "aws-backup" : "on-demand";
        return [{ kind, at: at.toISOString() }];
      });
    });
  }
}

function keyNames(schema: readonly KeySchemaElement[] = []): string[] {
  const ofType = (type: string) => schema.filter(({ KeyType }) => KeyType === type);
  return [...ofType("HASH"), ...ofType("RANGE")].map(({ AttributeName = "" }) => AttributeName);
}
