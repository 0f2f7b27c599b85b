import { request } from "node:http";

/** DynamoDB refused a call. */
export class TableApiError extends Error {
  override readonly name: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = type;
  }
}

/** Whether a call failed because there is no such table. */
export function isTableNotFound(error: unknown): error is TableApiError {
  return error instanceof TableApiError && error.name === "ResourceNotFoundException";
}

/**
 * One call to a local engine, in DynamoDB's own JSON protocol. Not for AWS: it does not sign. Loading
 * the SDK for three calls would take a good part of the time that `dev` takes to start.
 *
 * @throws {TableApiError} with DynamoDB's name for the error
 */
export function tableApi<Output = Record<string, unknown>>(
  endpoint: string,
  operation: string,
  input: unknown,
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const call = request(
      endpoint,
      {
        method: "POST",
        headers: ownerHeaders(`DynamoDB_20120810.${operation}`),
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () => {
          try {
            const body = JSON.parse(text);
            if (response.statusCode === 200) resolve(body);
            else reject(new TableApiError(typeOf(body), body.message ?? body.Message ?? text));
          } catch (error) {
            reject(error);
          }
        });
      },
    );
    call.on("error", reject);
    call.setTimeout(30_000, () =>
      call.destroy(new Error(`${operation}: no answer for 30 seconds`)),
    );
    call.end(JSON.stringify(input));
  });
}

/**
 * The headers of a call that this program makes itself.
 * @param target the operation, with the interface that it belongs to in front
 */
export function ownerHeaders(target: string): Record<string, string> {
  return {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": target,
    // Engines look at the form, and not at the signature.
    Authorization:
      "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local",
    "X-Amz-Date": "20260101T000000Z",
  };
}

function typeOf(body: { __type?: string }): string {
  return body.__type?.split("#").at(-1) ?? "UnknownError";
}
