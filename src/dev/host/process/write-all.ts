import fs from "node:fs";

/** As it is before files are redirected, which this is not to be. */
const { writeSync } = fs;
const pause = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * Writes all of a text at once. A pipe that is full makes its writer wait, as in Lambda: nothing piles
 * up in memory, and nothing is lost when the process exits next.
 */
export function writeAll(descriptor: number, text: string): void {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      if (Object(error).code !== "EAGAIN") throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
