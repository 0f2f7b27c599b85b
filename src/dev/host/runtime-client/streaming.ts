import { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { LambdaConsole } from "./console.ts";
import type { Handler } from "./load-handler.ts";
import { RawPayload } from "./payload.ts";

const streaming = Symbol.for("aws.lambda.runtime.handler.streaming");
/** As API Gateway expects them between status and body. */
const bytesAfterPrelude = 8;

/** Gives functions the global `awslambda`, with which they declare that they stream. */
export function defineStreaming(): void {
  const { AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA: without } = process.env;
  if (without === "1" || without === "true") return;
  const awslambda = {
    streamifyResponse: (handler: Handler) => Object.assign(handler, { [streaming]: "response" }),
    HttpResponseStream: { from: withPrelude },
  };
  Object.assign(globalThis, { awslambda });
}

/**
 * A streaming handler as one that answers at its end: that is what becomes of it under Lambda's
 * `Invoke`. Any other handler stays as it is.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
export function buffered(handler: Handler, log: LambdaConsole): Handler {
  if (!isStreaming(handler)) return handler;
  return async (event, context) => {
    const chunks: Buffer[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    Object.assign(stream, { setContentType: () => {} });
    const running = handler(event, stream, context);
    if (typeof Object(running).then !== "function") {
      throw new Error("Streaming does not support non-async handlers.");
    }
    const result = await running;
    if (result !== undefined) log.warn("Streaming handlers ignore return values.");
    await finish(stream);
    return new RawPayload(Buffer.concat(chunks).toString());
  };
}

export function isStreaming(handler: Handler): boolean {
  return Object(handler)[streaming] === "response";
}

/** As an open connection would, a stream that has no end keeps the environment until its time is up. */
async function finish(stream: Writable): Promise<void> {
  const open = setInterval(() => {}, 1_000_000);
  await finished(stream);
  clearInterval(open);
}

/** Status and headers go ahead of the body, and eight zero bytes after them. */
function withPrelude(stream: Writable, prelude: unknown): Writable {
  stream.write(JSON.stringify(prelude));
  stream.write(Buffer.alloc(bytesAfterPrelude));
  return stream;
}
