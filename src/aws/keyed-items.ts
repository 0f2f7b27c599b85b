import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Access } from "./access.ts";
import { readByKey } from "./read-by-key.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** Attributes in DynamoDB's own form, such as `{ PK: { S: "A" } }`. */
export type ItemAttributes = Readonly<
  Record<string, { readonly S: string } | { readonly N: string } | { readonly B: Uint8Array }>
>;

/** As many as one call writes. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (2026-11-27) */
const writtenAtOnce = 25;

/** Items of DynamoDB's tables, by their keys. Every call throws what `awsError` says. */
export class KeyedItems {
  readonly #call: Call<typeof import("@aws-sdk/client-dynamodb"), DynamoDBClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-dynamodb"),
      (dynamo) => new dynamo.DynamoDBClient({ region, ...access }),
    );
  }

  /** Returns when DynamoDB has acknowledged it. */
  async put(table: string, item: ItemAttributes): Promise<void> {
    await this.#call(`put an item into ${table}`, (client, dynamo) =>
      client.send(new dynamo.PutItemCommand({ TableName: table, Item: { ...item } })),
    );
  }

  /** Those that are there, as they are now, in no order; nothing where there is no such table. */
  async read(
    table: string,
    keys: readonly ItemAttributes[],
  ): Promise<ItemAttributes[] | undefined> {
    return this.#call(`read items of ${table}`, (client, dynamo) =>
      unlessMissing(async () => {
        const found = await readByKey(client, dynamo, table, keys);
        return found as unknown as ItemAttributes[];
      }),
    );
  }

  /** Nothing happens where there is no such table. */
  async remove(table: string, keys: readonly ItemAttributes[]): Promise<void> {
    await this.#call(`remove items from ${table}`, (client, dynamo) =>
      unlessMissing(async () => {
        for (let start = 0; start < keys.length; start += writtenAtOnce) {
          const some = keys.slice(start, start + writtenAtOnce);
          let left = { [table]: some.map((Key) => ({ DeleteRequest: { Key: { ...Key } } })) };
          while (Object.keys(left).length > 0) {
            const { UnprocessedItems = {} } = await client.send(
              new dynamo.BatchWriteItemCommand({ RequestItems: left }),
            );
            left = UnprocessedItems as typeof left;
          }
        }
      }),
    );
  }

  /** Deletes a table with everything in it, its protection first. Returns when it is gone. */
  async deleteTable(table: string): Promise<void> {
    await this.#call(`delete the table ${table}`, async (client, dynamo) => {
      const { Table } = await client.send(new dynamo.DescribeTableCommand({ TableName: table }));
      if (Table?.DeletionProtectionEnabled) {
        await client.send(
          new dynamo.UpdateTableCommand({ TableName: table, DeletionProtectionEnabled: false }),
        );
        await dynamo.waitUntilTableExists({ client, maxWaitTime: 300 }, { TableName: table });
      }
      await client.send(new dynamo.DeleteTableCommand({ TableName: table }));
      await dynamo.waitUntilTableNotExists(
        { client, maxWaitTime: 900, minDelay: 1 },
        { TableName: table },
      );
    });
  }
}
