import type { IncomingMessage } from "node:http";

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const maxBodyBytes = 10 * 1024 * 1024;

/** Who sends this much more than is taken is answered before the end. The number is ours. */
const maxPatienceBytes = 10 * maxBodyBytes;

/** The body is longer than it may be. */
export const tooLarge = Symbol("too large");

/** The caller went away in the middle: half a body is none. */
export const brokenOff = Symbol("broken off");

export type Body = Buffer | typeof tooLarge | typeof brokenOff;

const noBody = Buffer.alloc(0);

/**
 * The whole body of a request. What is too large is read to its end and forgotten, because many
 * callers look for an answer only when they have sent everything.
 *
 * @param maxBytes the most that is taken
 */
export function readBody(request: IncomingMessage, maxBytes = maxBodyBytes): Promise<Body> | Body {
  if (!hasBody(request.rawHeaders)) return noBody;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > maxPatienceBytes) resolve(tooLarge);
    });
    request.on("end", () => resolve(bytes <= maxBytes ? Buffer.concat(chunks) : tooLarge));
    request.on("error", () => resolve(brokenOff));
    request.on("close", () => resolve(brokenOff));
  });
}

/** A request that has one says so. @see https://www.rfc-editor.org/rfc/rfc9112#section-6 */
function hasBody(rawHeaders: readonly string[]): boolean {
  for (let position = 0; position < rawHeaders.length; position += 2) {
    const name = (rawHeaders[position] as string).toLowerCase();
    if (name === "content-length" || name === "transfer-encoding") return true;
  }
  return false;
}
