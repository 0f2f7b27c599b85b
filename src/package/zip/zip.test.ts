import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unzip } from "./unzip.ts";
import { zip } from "./zip.ts";

const text = new TextEncoder();
const files = fc.dictionary(
  fc.stringMatching(/^[a-zé][a-z0-9/._-]{0,20}$/),
  fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    fc.string().map((one) => text.encode(one.repeat(99))),
  ),
  { maxKeys: 8 },
);

describe("a zip", () => {
  it("gives back whatever files were put in, sorted by name", async () => {
    await fc.assert(
      fc.asyncProperty(files, async (given) => {
        const read = unzip(zip(given));
        expect(Object.keys(read)).toEqual(Object.keys(given).sort());
        for (const [name, contents] of Object.entries(given)) {
          expect(Buffer.compare(Buffer.from(read[name] ?? []), Buffer.from(contents))).toBe(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("that was damaged anywhere is refused, or read as it was", async () => {
    const whole = zip({ "index.mjs": text.encode("export const a = 1;\n".repeat(40)) });
    const before = unzip(whole);
    for (let position = 0; position < whole.length; position++) {
      const damaged = Uint8Array.from(whole);
      damaged[position] = (damaged[position] ?? 0) ^ 0xff;
      const read = readOrNothing(damaged);
      if (read === undefined || !("index.mjs" in read)) continue;
      expect(Buffer.from(read["index.mjs"] as Uint8Array)).toEqual(
        Buffer.from(before["index.mjs"] as Uint8Array),
      );
    }
  });

  it("that was cut off is refused", async () => {
    const whole = zip({ "index.mjs": text.encode("export const a = 1;\n") });
    for (let length = 0; length < whole.length; length++) {
      expect(() => unzip(whole.subarray(0, length))).toThrow("invalid zip data");
    }
  });
});

function readOrNothing(bytes: Uint8Array) {
  try {
    return unzip(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return undefined;
  }
}
