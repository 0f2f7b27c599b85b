import { TableApiError } from "../engine/index.ts";
import { type Input, objectOf, objectsOf } from "./calls/input.ts";
import type { CallEngine } from "./control-plane/operation.ts";

/** AWS leaves items that expired longer ago than this. */
const fiveYearsSeconds = 5 * 365 * 24 * 60 * 60;

/**
 * Deletes the items of a table whose time to live is over, and says how many. Only a number counts, as
 * epoch seconds, in the past but not more than five years ago. An item that is renewed meanwhile stays.
 *
 * @throws {TableApiError}
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 */
export async function deleteExpired(
  call: CallEngine,
  TableName: string,
  attribute: string,
  nowSeconds: number,
): Promise<number> {
  const { Table } = await call("DescribeTable", { TableName });
  const keyNames = objectsOf(objectOf(Table).KeySchema).map((key) => String(key.AttributeName));
  const places = keyNames.map((_, position) => `#key${position}`);
  const isExpired = {
    // What is no number is neither less nor more than one.
    expression: "#expires < :now AND #expires >= :oldest",
    values: {
      ":oldest": { N: String(nowSeconds - fiveYearsSeconds) },
      ":now": { N: String(nowSeconds) },
    },
  };
  let deleted = 0;
  for (let start: unknown; ; ) {
    const page = await call("Scan", {
      TableName,
      ProjectionExpression: places.join(", "),
      FilterExpression: isExpired.expression,
      ExpressionAttributeNames: {
        "#expires": attribute,
        ...Object.fromEntries(places.map((place, position) => [place, keyNames[position]])),
      },
      ExpressionAttributeValues: isExpired.values,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    for (const Key of objectsOf(page.Items)) if (await deleteIfExpired(Key)) deleted++;
    start = page.LastEvaluatedKey;
    if (start === undefined) return deleted;
  }

  async function deleteIfExpired(Key: Input): Promise<boolean> {
    try {
      await call("DeleteItem", {
        TableName,
        Key,
        ConditionExpression: isExpired.expression,
        ExpressionAttributeNames: { "#expires": attribute },
        ExpressionAttributeValues: isExpired.values,
      });
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }
}

function isConditionFailure(error: unknown): boolean {
  return error instanceof TableApiError && error.name === "ConditionalCheckFailedException";
}
