import { StringDecoder } from "node:string_decoder";

export type Descriptor = 1 | 2;
export type WriteText = (descriptor: Descriptor, text: string) => void;

let writeText: WriteText | undefined;
const decoders = { 1: new StringDecoder(), 2: new StringDecoder() };

/**
 * Takes what is written to `process.stdout` and `process.stderr` at once, and not when the event loop
 * gets to it: what is said just before an endless loop or the end has been heard too.
 */
export function redirectOutput(write: WriteText): void {
  writeText = write;
  for (const descriptor of [1, 2] as const) {
    const stream = descriptor === 1 ? process.stdout : process.stderr;
    stream.write = (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | Callback,
      callback?: Callback,
    ) => {
      writeOutput(descriptor, chunk, typeof encoding === "string" ? encoding : undefined);
      const done = typeof encoding === "function" ? encoding : callback;
      if (done !== undefined) process.nextTick(done);
      return true;
    };
  }
}

type Callback = (error?: Error | null) => void;

/** True where it was taken: the descriptor is one of the two, and they are redirected. */
export function writeOutput(
  descriptor: unknown,
  chunk: unknown,
  encoding?: BufferEncoding,
): boolean {
  if (writeText === undefined || (descriptor !== 1 && descriptor !== 2)) return false;
  const text =
    typeof chunk === "string" && (encoding === undefined || encoding.startsWith("utf"))
      ? chunk
      : decoders[descriptor].write(
          typeof chunk === "string" ? Buffer.from(chunk, encoding) : Buffer.from(bytesOf(chunk)),
        );
  if (text !== "") writeText(descriptor, text);
  return true;
}

function bytesOf(chunk: unknown): Uint8Array {
  if (!ArrayBuffer.isView(chunk)) throw new TypeError("Only text and bytes can be written.");
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
