import { randomUUID } from "node:crypto";
import { crc32 } from "node:zlib";
import { TableApiError } from "../engine/index.ts";

/** What goes back to a caller. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** DynamoDB's name for what went wrong. */
  readonly errorType?: string;
}

/** A refusal of DynamoDB with an HTTP status that need not be 400. */
export class TableError extends TableApiError {
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(type, message);
    this.status = status;
  }
}

export function success(result: unknown): Answer {
  return json(200, result);
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
export function failure(error: TableApiError): Answer {
  const { name, message } = error;
  const status = error instanceof TableError ? error.status : 400;
  const written =
    name === "AccessDeniedException" ? { Message: message } : message === "" ? {} : { message };
  return { ...json(status, { __type: `${originOf(name)}#${name}`, ...written }), errorType: name };
}

export function json(status: number, value: unknown): Answer {
  const body = Buffer.from(JSON.stringify(value));
  return {
    status,
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amzn-requestid": randomUUID(),
      // botocore refuses an answer whose checksum is another.
      "x-amz-crc32": String(crc32(body)),
    },
    body,
  };
}

export function internalServerError(): TableError {
  return new TableError(
    "InternalServerError",
    "The server encountered an internal error trying to fulfill the request.",
    500,
  );
}

/** Errors that come from before the table service itself, as DynamoDB names them. */
const ofTheFront = new Set([
  "AccessDeniedException",
  "MissingAuthenticationTokenException",
  "SerializationException",
  "UnknownOperationException",
  "UnrecognizedClientException",
]);

function originOf(name: string): string {
  if (ofTheFront.has(name)) return "com.amazon.coral.service";
  if (name === "ValidationException") return "com.amazon.coral.validate";
  return "com.amazonaws.dynamodb.v20120810";
}
