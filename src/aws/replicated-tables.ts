import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** A table, as the part of a global table that it is in one region. */
export interface ReplicatedTable {
  /** `ACTIVE` where nothing is being done with it. */
  readonly status: string;
  /**
   * The state of its replicas by their region, such as `ACTIVE`, `CREATING` or `REGION_DISABLED`.
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicaDescription.html (2026-11-27)
   */
  readonly replicas: Readonly<Record<string, string>>;
  /** Counted by DynamoDB about every six hours. */
  readonly bytes: number;
}

/** Tables of a region with their replicas in others. Every call throws what `awsError` says. */
export class ReplicatedTables {
  readonly #call: Call<typeof import("@aws-sdk/client-dynamodb"), DynamoDBClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-dynamodb"),
      (dynamo) => new dynamo.DynamoDBClient({ region, ...access }),
    );
  }

  /** Nothing where there is no such table. */
  async read(name: string): Promise<ReplicatedTable | undefined> {
    return this.#call(`look at the replicas of ${name}`, (client, dynamo) =>
      unlessMissing(async () => {
        const { Table = {} } = await client.send(
          new dynamo.DescribeTableCommand({ TableName: name }),
        );
        const replicas = (Table.Replicas ?? []).map(
          ({ RegionName = "", ReplicaStatus = "" }) => [RegionName, ReplicaStatus] as const,
        );
        return {
          status: Table.TableStatus ?? "",
          replicas: Object.fromEntries(replicas),
          bytes: Table.TableSizeBytes ?? 0,
        };
      }),
    );
  }

  /**
   * Begins to copy a table to another region, where none has its name. DynamoDB says in {@link read} when all is there.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html (2026-11-27)
   */
  async addReplica(name: string, region: string): Promise<void> {
    await this.#call(`add a replica of ${name} in ${region}`, (client, dynamo) =>
      client.send(
        new dynamo.UpdateTableCommand({
          TableName: name,
          ReplicaUpdates: [{ Create: { RegionName: region } }],
        }),
      ),
    );
  }
}
