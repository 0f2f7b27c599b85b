import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** DynamoDB gives so many items in one answer. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html (2026-11-27) */
export const itemsAtOnce = 100;

type Attributes = Record<string, AttributeValue>;

/**
 * The items that have these keys, read consistently, in no order; those that are not there are left out. What DynamoDB
 * has no capacity for at once is asked for again.
 *
 * @param keys no two the same
 */
export async function readByKey(
  client: DynamoDBClient,
  dynamo: typeof import("@aws-sdk/client-dynamodb"),
  table: string,
  keys: readonly Readonly<Attributes>[],
): Promise<Attributes[]> {
  const found: Attributes[] = [];
  for (let start = 0; start < keys.length; start += itemsAtOnce) {
    let wanted: Attributes[] = keys.slice(start, start + itemsAtOnce);
    for (let tries = 0; wanted.length > 0; tries += 1) {
      if (tries > 0) await pause(tries);
      const { Responses = {}, UnprocessedKeys = {} } = await client.send(
        new dynamo.BatchGetItemCommand({
          RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } },
        }),
      );
      found.push(...(Responses[table] ?? []));
      wanted = UnprocessedKeys[table]?.Keys ?? [];
    }
  }
  return found;
}

/** Half a second after the first time, twice as long after each other one, up to 16 seconds. */
function pause(tries: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.min(250 * 2 ** tries, 16_000));
  });
}
