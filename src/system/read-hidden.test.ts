import { PassThrough } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { readHidden } from "./read-hidden.ts";

/** Stands in for the streams of this process until the test is over. */
function replaceStreams(isTTY: boolean) {
  const streams = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
  };
  for (const [name, stream] of Object.entries(streams)) {
    const own = Object.getOwnPropertyDescriptor(process, name) as PropertyDescriptor;
    const value = Object.assign(stream, { isTTY, setRawMode: () => stream });
    Object.defineProperty(process, name, { configurable: true, value });
    onTestFinished(() => void Object.defineProperty(process, name, own));
  }
  return { ...streams, written: () => String(streams.stderr.read() ?? "") };
}

describe("a value that nobody sees", () => {
  it("is typed after a question, and echoed nowhere", async () => {
    const { stdin, stdout, written } = replaceStreams(true);
    const value = readHidden("paymentKey: ", true);
    stdin.write("canary-1\r");
    expect(await value).toBe("canary-1");
    expect([written(), stdout.read()]).toEqual(["paymentKey: \n", null]);
  });

  it.each(["\u0003", "\u0004"])("is none where it is given up with %j", async (key) => {
    const { stdin, written } = replaceStreams(true);
    const value = readHidden("paymentKey: ", true);
    stdin.write(key);
    expect(await value).toBeUndefined();
    expect(written()).toBe("paymentKey: \n");
  });

  it("is asked of nobody in CI, even with a terminal", async () => {
    const { written } = replaceStreams(true);
    expect(await readHidden("paymentKey: ", false)).toBeUndefined();
    expect(written()).toBe("");
  });

  it.each([
    ["value\n", "value"],
    ["value\r\n", "value"],
    ["value", "value"],
    ["two\nlines\n\n", "two\nlines\n"],
    ["", ""],
  ])("is all of stdin, %j, without the line break at its end", async (piped, expected) => {
    const { stdin, written } = replaceStreams(false);
    const value = readHidden("paymentKey: ", false);
    stdin.end(piped);
    expect(await value).toBe(expected);
    expect(written()).toBe("");
  });
});
