import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deflateRaw } from "./deflate-raw.ts";

describe("what is compressed", () => {
  it("comes back, whatever bytes it has", () => {
    const contents = fc.uint8Array({ maxLength: 2_000, size: "max" });
    fc.assert(
      fc.property(contents, (any) => {
        comesBack(any);
      }),
    );
  });

  it("comes back if it is a text of few letters, up to beyond the window", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), sizes, (seed, letters, size) => {
        comesBack(bytes(size, (random) => 97 + random(letters), seed));
      }),
      { numRuns: 25 },
    );
  });

  it("comes back if a pattern goes on and on, of one byte or of many", () => {
    const pattern = fc.uint8Array({ minLength: 1, maxLength: 600, size: "max" });
    fc.assert(
      fc.property(pattern, sizes, (unit, size) => {
        comesBack(bytes(size, (_, index) => unit[index % unit.length] ?? 0));
      }),
      { numRuns: 25 },
    );
  });

  it("comes back if parts of it are repeated, of any length and at any distance", () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(repetition, { maxLength: 100, size: "max" }), repeatsAll),
      { numRuns: 15 },
    );
  });

  it.each([0, 1, 2, 3, 4, 257, 258, 259, 260, 32_767, 32_768, 32_769, 65_535, 65_536])(
    "comes back if it has %i bytes, equal or not",
    (size) => {
      comesBack(new Uint8Array(size));
      comesBack(bytes(size, (random) => random(256)));
    },
  );

  it("comes back with every length of a match, at the edges of every range of distances", () => {
    const distances = Array.from({ length: 16 }, (_, power) => 2 ** power);
    const edges = distances.flatMap((distance) => [distance, distance + 1, distance * 1.5]);
    const lengths = Array.from({ length: 258 }, (_, index) => index + 1);
    repeatsAll(
      1,
      lengths.map((length, index) => ({
        fresh: 3,
        length,
        distance: Math.floor(edges[index % edges.length] ?? 1),
      })),
    );
  });

  it("comes back if it is longer than what is parsed at once, with a repetition across the edge", () => {
    comesBack(
      bytes(2 ** 20 + 500, (random, index) => (index % 300 === 0 ? random(256) : index % 150)),
    );
  });
});

describe("the size of what was compressed", () => {
  it("is as good as that of stored blocks where nothing can be compressed", () => {
    fc.assert(
      fc.property(fc.integer(), sizes, (seed, size) => {
        const compressed = comesBack(bytes(size, (random) => random(256), seed));
        expect(compressed.length).toBeLessThanOrEqual(size + 6 * Math.ceil(size / 65_535) + 6);
      }),
      { numRuns: 10 },
    );
  });

  it("is that of what can be compressed, if only parts can", () => {
    const partSize = 4_096;
    const contents = bytes(14 * partSize, (random, index) =>
      random(Math.floor(index / partSize) % 2 === 0 ? 256 : 4),
    );
    const half = contents.length / 2;
    expect(comesBack(contents).length).toBeLessThan(half * 1.01 + half / 3);
  });

  it("is a few bytes for one symbol, however often", () => {
    expect(deflateRaw(new Uint8Array(0))).toEqual(Uint8Array.of(3, 0));
    expect(deflateRaw(new Uint8Array(1)).length).toBe(3);
    expect(deflateRaw(new Uint8Array(100_000)).length).toBeLessThan(120);
  });

  it("is never more than that of zlib, of any file of real code", () => {
    for (const contents of realCode()) {
      expect(comesBack(contents).length).toBeLessThanOrEqual(sizeByZlib(contents));
    }
  });

  it("is 4 % less than that of zlib, of as much real code as a function has", () => {
    const contents = Buffer.concat(realCode());
    expect(contents.length).toBeGreaterThan(400_000);
    expect(comesBack(contents).length).toBeLessThan(sizeByZlib(contents) * 0.96);
  });
});

describe("the bytes of what was compressed", () => {
  it("are these, and if they change, so do all artifacts: say so in the changelog", () => {
    const words = Array.from({ length: 500 }, (_, seed) =>
      bytes(2 + (seed % 11), (random) => 97 + random(26), seed),
    );
    const contents = Buffer.concat(
      [...bytes(20_000, (random) => random(256))].flatMap((byte, index) => [
        words[(byte * (byte + index)) % words.length] ?? new Uint8Array(0),
        Uint8Array.of(byte % 3 === 0 ? 10 : 32),
      ]),
    );
    expect(digest(contents)).toBe(
      "8858c83c223fd893aad4f936bc29bcef2efa9c9788dca4c0c1defa15430aa227",
    );
    expect(digest(deflateRaw(contents))).toBe(
      "f4b9fd14d788b3ad24052f5395f3c589e03109c3328191b288dc7ea47182c430",
    );
  });

  it("are the same however the contents lie in memory", () => {
    const contents = bytes(5_000, (random) => random(7));
    const elsewhere = new Uint8Array(5_013).subarray(13);
    elsewhere.set(contents);
    expect(deflateRaw(elsewhere)).toEqual(deflateRaw(contents));
    expect(deflateRaw(Buffer.from(contents))).toEqual(deflateRaw(contents));
  });
});

const sizes = fc.oneof(
  fc.integer({ min: 0, max: 70_000 }),
  fc
    .constantFrom(258, 32_768, 65_535)
    .chain((edge) => fc.integer({ min: edge - 3, max: edge + 3 })),
);

/** Some bytes that were not there before, then some that were. */
interface Repetition {
  readonly fresh: number;
  readonly length: number;
  readonly distance: number;
}

const repetition: fc.Arbitrary<Repetition> = fc.record({
  fresh: fc.integer({ min: 0, max: 300 }),
  length: fc.oneof(fc.integer({ min: 1, max: 270 }), fc.integer({ min: 1, max: 2_000 })),
  distance: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 32_000, max: 33_000 })),
});

/** After more random bytes than the window has. */
function repeatsAll(seed: number, repetitions: readonly Repetition[]): void {
  const contents = [...bytes(33_500, (random) => random(256), seed)];
  for (const { fresh, length, distance } of repetitions) {
    contents.push(...bytes(fresh, (random) => random(256), seed + contents.length));
    for (let count = 0; count < length; count += 1) {
      contents.push(contents[contents.length - distance] ?? 0);
    }
  }
  comesBack(Uint8Array.from(contents));
}

function comesBack(contents: Uint8Array): Uint8Array {
  const compressed = deflateRaw(contents);
  // Not by `toEqual`, which takes seconds for a million bytes.
  expect(Buffer.compare(inflateRawSync(compressed), contents)).toBe(0);
  return compressed;
}

function sizeByZlib(contents: Uint8Array): number {
  return deflateRawSync(contents, { level: 9, memLevel: 9 }).length;
}

/** The files of a package that is surely there. */
function realCode(): Buffer[] {
  const folder = path.resolve(import.meta.dirname, "../../../../node_modules/zod/v4/core");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(path.join(folder, name)));
}

type Random = (below: number) => number;

/** The same bytes for the same seed, by a linear congruential generator. */
function bytes(
  size: number,
  byteAt: (random: Random, index: number) => number,
  seed = 1,
): Uint8Array {
  let state = seed >>> 0;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 16) % below;
  };
  return Uint8Array.from({ length: size }, (_, index) => byteAt(random, index));
}

function digest(contents: Uint8Array): string {
  return createHash("sha256").update(contents).digest("hex");
}
