import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPageToken, signPageToken } from "./index.ts";

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const place = fc.jsonValue();

/** Any text at all, with control characters and halves of surrogate pairs. */
const character = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const anyText = fc.array(character).map((characters) => characters.join(""));

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A changed character: often one that a token may have, so that not only the alphabet refuses it. */
const otherCharacter = fc.oneof(
  fc.constantFrom(...alphabet),
  fc.constantFrom("+", "/", "=", ".", " ", "\n", "%", ""),
  character,
);

describe("a page token", () => {
  it("gives back the place it was made of, for any place and any key", () => {
    fc.assert(
      fc.property(key, place, (key, place) => {
        const read = readPageToken(key, signPageToken(key, place));
        expect(read).toEqual(JSON.parse(JSON.stringify(place)));
      }),
    );
  });

  it("needs no encoding in a URL", () => {
    fc.assert(fc.property(key, place, (key, place) => /^[\w-]+$/.test(signPageToken(key, place))));
  });

  it("is refused after any change of one character", () => {
    fc.assert(
      fc.property(key, place, fc.nat(), otherCharacter, (key, place, position, other) => {
        const token = signPageToken(key, place);
        const at = position % token.length;
        const changed = token.slice(0, at) + other + token.slice(at + 1);
        fc.pre(changed !== token);
        return readPageToken(key, changed) === undefined;
      }),
      { numRuns: 1_000 },
    );
  });

  it("is refused with every other character at its end, where bits are unused", () => {
    const bytes = new Uint8Array(32);
    // One place for each number of bytes that base64url leaves over at the end.
    for (const place of [1, 12, 123]) {
      const token = signPageToken(bytes, place);
      for (const other of alphabet) {
        if (token.endsWith(other)) continue;
        expect(readPageToken(bytes, token.slice(0, -1) + other)).toBeUndefined();
      }
    }
  });

  it("is refused where anything is missing, at its start or at its end", () => {
    fc.assert(
      fc.property(key, place, fc.nat(), (key, place, position) => {
        const token = signPageToken(key, place);
        const at = 1 + (position % token.length);
        return (
          readPageToken(key, token.slice(0, -at)) === undefined &&
          readPageToken(key, token.slice(at)) === undefined
        );
      }),
    );
  });

  it("is refused where anything is added, before or after it", () => {
    fc.assert(
      fc.property(
        key,
        place,
        fc.oneof(anyText, fc.constantFrom("=", "==", "A", "AAAA", "\n", " ")),
        (key, place, more) => {
          fc.pre(more !== "");
          const token = signPageToken(key, place);
          return (
            readPageToken(key, token + more) === undefined &&
            readPageToken(key, more + token) === undefined
          );
        },
      ),
    );
  });

  it("is refused by any other key", () => {
    fc.assert(
      fc.property(key, key, place, (key, other, place) => {
        fc.pre(Buffer.compare(key, other) !== 0);
        return readPageToken(other, signPageToken(key, place)) === undefined;
      }),
    );
  });

  it("is refused in the alphabet of plain base64, and with padding", () => {
    fc.assert(
      fc.property(key, place, (key, place) => {
        const token = signPageToken(key, place);
        const plain = Buffer.from(token, "base64url").toString("base64");
        fc.pre(plain !== token);
        return readPageToken(key, plain) === undefined;
      }),
    );
  });

  it("is refused where it has a signature and nothing that was signed", () => {
    const bytes = new Uint8Array(32);
    const signature = createHmac("sha256", bytes).update("").digest().subarray(0, 16);
    expect(readPageToken(bytes, signature.toString("base64url"))).toBeUndefined();
  });

  it("is refused, and nothing is thrown, whatever the text", () => {
    fc.assert(
      fc.property(
        key,
        fc.oneof(anyText, fc.base64String(), fc.constantFrom("", "{}", "null", "undefined")),
        (key, text) => readPageToken(key, text) === undefined,
      ),
      { numRuns: 500 },
    );
  });
});
