import { writeOutput } from "./redirect-output.ts";
import { type Methods, replaceMethod } from "./replace-method.ts";

/** Loggers that write to 1 and 2 without `process.stdout` are heard as well. */
export function redirectDescriptors(all: Methods): void {
  replaceMethod(all, "writeSync", (method) => (...parameters) => {
    const [descriptor, data, ...rest] = parameters;
    const chunk = partOf(data, rest);
    return writeOutput(descriptor, chunk) ? byteLength(chunk) : method(...parameters);
  });
  replaceMethod(all, "write", (method) => (...parameters) => {
    const [descriptor, data, ...rest] = parameters;
    const callback = rest.pop();
    const chunk = partOf(data, rest);
    if (typeof callback !== "function" || !writeOutput(descriptor, chunk)) {
      return method(...parameters);
    }
    process.nextTick(callback, null, byteLength(chunk), data);
    return undefined;
  });
}

/** Of bytes, `fs.write` takes an offset and a length. */
function partOf(data: unknown, [offset, length]: unknown[]): unknown {
  if (!(data instanceof Uint8Array) || typeof offset !== "number") return data;
  return data.subarray(offset, typeof length === "number" ? offset + length : undefined);
}

function byteLength(chunk: unknown): number {
  return typeof chunk === "string" ? Buffer.byteLength(chunk) : (chunk as Uint8Array).byteLength;
}
