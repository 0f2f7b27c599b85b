import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeLengths, codesOf } from "./huffman.ts";

const someFrequencies = fc
  .array(fc.oneof(fc.constant(0), fc.nat(20), fc.nat(100_000)), { minLength: 2, maxLength: 40 })
  .map((frequencies) => Uint32Array.from(frequencies));

describe("code lengths", () => {
  it("make a complete code within the limit, of the symbols that are used", () => {
    fc.assert(
      fc.property(someFrequencies, fc.integer({ min: 6, max: 15 }), (frequencies, limit) => {
        const lengths = codeLengths(frequencies, limit);
        const used = lengths.filter((length) => length > 0);
        expect(used.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
        expect(Math.max(...used)).toBeLessThanOrEqual(limit);
        const isMissing = frequencies.some((count, symbol) => count > 0 && lengths[symbol] === 0);
        expect(isMissing).toBe(false);
        expect(used.length).toBe(Math.max(2, frequencies.filter((count) => count > 0).length));
      }),
    );
  });

  it("come to as few bits as Huffman's, where the limit is no matter", () => {
    fc.assert(
      fc.property(someFrequencies, (frequencies) => {
        fc.pre(frequencies.filter((count) => count > 0).length >= 2);
        const lengths = codeLengths(frequencies, 40);
        const bits = frequencies.reduce(
          (sum, count, symbol) => sum + count * (lengths[symbol] ?? 0),
          0,
        );
        expect(bits).toBe(bitsByHuffman(frequencies));
      }),
    );
  });

  it("are shortened where a code would be too long", () => {
    const fibonacci = Uint32Array.of(1, 1, 2, 3, 5, 8, 13, 21);
    expect(codeLengths(fibonacci, 7)).toEqual(Uint8Array.of(7, 7, 6, 5, 4, 3, 2, 1));
    expect(codeLengths(fibonacci, 4)).toEqual(Uint8Array.of(4, 4, 4, 4, 3, 3, 2, 2));
    expect(codeLengths(fibonacci, 3)).toEqual(new Uint8Array(8).fill(3));
  });

  it("are there for two symbols, where fewer are used", () => {
    expect(codeLengths(Uint32Array.of(0, 0, 0), 15)).toEqual(Uint8Array.of(1, 1, 0));
    expect(codeLengths(Uint32Array.of(5, 0, 0), 15)).toEqual(Uint8Array.of(1, 1, 0));
    expect(codeLengths(Uint32Array.of(0, 0, 5), 15)).toEqual(Uint8Array.of(1, 0, 1));
  });
});

describe("codes", () => {
  it("are those of the example in RFC 1951, with their bits in the order of writing", () => {
    const codes = codesOf(Uint8Array.of(3, 3, 3, 3, 3, 2, 4, 4));
    const written = [0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111];
    expect([...codes]).toEqual(written);
  });
});

/** The sum of all nodes of Huffman's tree. */
function bitsByHuffman(frequencies: Uint32Array): number {
  const weights = [...frequencies].filter((count) => count > 0);
  let bits = 0;
  while (weights.length > 1) {
    weights.sort((one, other) => other - one);
    const node = (weights.pop() ?? 0) + (weights.pop() ?? 0);
    bits += node;
    weights.push(node);
  }
  return bits;
}
