import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { primingKey } from "./keys.ts";

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

/** Reads what is not there, so that the connection is made and the SDK has run once. */
export function readPrimingItem(abortSignal: AbortSignal): Promise<unknown> {
  const command = new GetCommand({ TableName: tableName(), Key: primingKey });
  return tableClient.send(command, { abortSignal });
}
