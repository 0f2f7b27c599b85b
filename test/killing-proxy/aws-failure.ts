import type { OutgoingHttpHeaders } from "node:http";
import { type AwsRequest, serviceOf } from "./call-name.ts";

/** How AWS is to refuse a call. */
export interface AwsFailure {
  readonly status: number;
  /** Such as `TooManyRequestsException`. */
  readonly code: string;
}

/** The answer that an SDK makes an error with this name of, in the form of the service that was asked. */
export function failureAnswer(
  request: AwsRequest,
  { status, code }: AwsFailure,
): { readonly status: number; readonly headers: OutgoingHttpHeaders; readonly body: Buffer } {
  const message = `${code}, as the test wants it`;
  const { "content-type": type = "" } = request.headers;
  const isS3 = serviceOf(request) === "s3";
  if (isS3 || type.startsWith("application/x-www-form-urlencoded")) {
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
    // S3's errors stand alone, those of the query protocol in an answer.
    const xml = isS3 ? error : `<ErrorResponse>${error}</ErrorResponse>`;
    return { status, headers: { "content-type": "application/xml" }, body: Buffer.from(xml) };
  }
  const headers = { "content-type": "application/json", "x-amzn-errortype": code };
  return { status, headers, body: Buffer.from(JSON.stringify({ __type: code, message })) };
}
