import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/**
 * Created once for each execution environment, while Lambda still gives it a whole CPU. The timeouts
 * leave the SDK's three attempts room inside the function's own.
 */
export const tableClient = DynamoDBDocumentClient.from(
  new DynamoDBClient({ requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 } }),
);

/** Read at each use: a test has a table of its own. */
export function tableName(): string {
  const name = process.env.DYNAMODB_TABLE;
  if (name === undefined) throw new Error("The environment variable DYNAMODB_TABLE is not set.");
  return name;
}
