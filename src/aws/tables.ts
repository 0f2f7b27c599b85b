import type { DynamoDBClient, KeySchemaElement } from "@aws-sdk/client-dynamodb";
import type { Access } from "./access.ts";
import { Backups } from "./backups.ts";
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
  readonly #backups: Backups;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-dynamodb"),
      (dynamo) => new dynamo.DynamoDBClient({ region, ...access }),
    );
    this.#backups = new Backups(region, access);
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

  /** The newest moment of each kind that a table can be restored to. Nothing where there is no such table. */
  async backups(name: string): Promise<BackupPoint[] | undefined> {
    const [window, copies] = await Promise.all([
      this.#backups.window(name),
      this.#backups.list(name),
    ]);
    if (window === undefined) return undefined;
    const points: BackupPoint[] = copies.flatMap(({ status, kind, at }) =>
      status === "AVAILABLE" ? [{ kind: kind === "system" ? "on-demand" : kind, at }] : [],
    );
    if (window !== null) points.push({ kind: "continuous", at: window.latest });
    points.sort((one, other) => (one.at < other.at ? 1 : -1));
    return points.filter(
      ({ kind }, index) => points.findIndex((other) => other.kind === kind) === index,
    );
  }
}

function keyNames(schema: readonly KeySchemaElement[] = []): string[] {
  const ofType = (type: string) => schema.filter(({ KeyType }) => KeyType === type);
  return [...ofType("HASH"), ...ofType("RANGE")].map(({ AttributeName = "" }) => AttributeName);
}
