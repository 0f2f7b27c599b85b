import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest } from "./index.ts";

const word = fc.stringMatching(/^[a-z]{3,12}$/);
const letter = fc.stringMatching(/^[a-z]$/);

/** A word, and the same word as somebody mistypes it once. */
const typo = fc
  .tuple(word, fc.nat(), letter, fc.constantFrom("insert", "delete", "replace", "swap"))
  .map(([right, anywhere, extra, kind]) => {
    const at = anywhere % right.length;
    const before = right.slice(0, at);
    const [first = "", second = ""] = right.slice(at);
    const rest = right.slice(at + 1);
    const mistyped = {
      insert: before + extra + right.slice(at),
      delete: before + rest,
      replace: before + extra + rest,
      swap: before + second + first + rest.slice(1),
    };
    return { right, mistyped: mistyped[kind] };
  });

describe("nearest", () => {
  it("finds the option behind the mistyped ones that people write", () => {
    const options = ["--port", "--memory", "--reset", "--sample-data", "--service", "--env"];
    expect(nearest("--prot", options)).toBe("--port");
    expect(nearest("--evn", options)).toBe("--env");
    expect(nearest("--sampledata", options)).toBe("--sample-data");
    expect(nearest("--SERVICE", options)).toBe("--service");
  });

  it("guesses nothing where everything is far away", () => {
    expect(nearest("--verbose", ["--port", "--memory"])).toBeUndefined();
    expect(nearest("deploy", [])).toBeUndefined();
  });

  it("guesses nothing for one letter, which is as near to every other", () => {
    expect(nearest("x", ["y"])).toBeUndefined();
    expect(nearest("", ["y"])).toBeUndefined();
  });

  it("finds a word behind any single typing mistake", () => {
    fc.assert(
      fc.property(typo, ({ right, mistyped }) => {
        expect(nearest(mistyped, [right])).toBe(right);
      }),
    );
  });

  it("prefers the word itself to all others, whatever its case", () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1 }), fc.nat(), (words, anywhere) => {
        const meant = words[anywhere % words.length] as string;
        expect(nearest(meant.toUpperCase(), words)).toBe(meant);
      }),
    );
  });

  it("prefers one typing mistake to two", () => {
    expect(nearest("tables", ["tabloid", "cables", "stables"])).toBe("cables");
    expect(nearest("lsit", ["lists", "list"])).toBe("list");
  });

  it("finds two words of one length near each other, or finds neither", () => {
    const pair = fc.integer({ min: 1, max: 12 }).chain((length) =>
      fc.tuple(
        ...[0, 1].map(() =>
          fc.string({
            minLength: length,
            maxLength: length,
            unit: fc.constantFrom("a", "b", "c"),
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(pair, ([a = "", b = ""]) => {
        expect(nearest(a, [b]) === b).toBe(nearest(b, [a]) === a);
      }),
    );
  });

  it("guesses nothing for a word that shares no letter with any candidate", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-m]{2,12}$/),
        fc.array(fc.stringMatching(/^[n-z]{0,12}$/)),
        (written, candidates) => {
          expect(nearest(written, candidates)).toBeUndefined();
        },
      ),
    );
  });

  it("gives one of the candidates or nothing, for any text", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (written, candidates) => {
        expect([undefined, ...candidates]).toContain(nearest(written, candidates));
      }),
    );
  });
});
