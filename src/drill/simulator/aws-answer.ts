import type { IncomingHttpHeaders } from "node:http";
import type { AwsAnswer, Json } from "./aws-call.ts";
import type { Refusal } from "./emulator.ts";

export function isDone({ status }: AwsAnswer): boolean {
  return status === 200;
}

/** A body of ours: its checksum and length are not those of the emulator's. */
export function answered(output: Json, headers: IncomingHttpHeaders = {}): AwsAnswer {
  const { "x-amz-crc32": _checksum, "content-length": _length, ...rest } = headers;
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.0", ...rest },
    body: Buffer.from(JSON.stringify(output)),
  };
}

export function refused({ type, message, status }: Refusal): AwsAnswer {
  const body = JSON.stringify({
    __type: `com.amazonaws.dynamodb.v20120810#${type}`,
    message,
  });
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-errortype": type },
    body: Buffer.from(body),
  };
}
