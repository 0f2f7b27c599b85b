import type { IncomingMessage } from "node:http";

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html (2026-11-22) */
const mostBytes = 16 * 1024 * 1024;

/** The whole body of a request, unless it is larger than DynamoDB takes, or its caller is gone. */
export function readBody(incoming: IncomingMessage): Promise<Buffer | "too-large" | "hung-up"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
      else resolve("too-large");
    });
    incoming.on("end", () => resolve(Buffer.concat(chunks)));
    incoming.on("close", () => resolve("hung-up"));
    incoming.on("error", () => resolve("hung-up"));
  });
}
