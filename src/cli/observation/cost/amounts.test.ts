import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count, duration, memory, readAmount, readNamedAmounts, size } from "./amounts.ts";

const refused = { code: "CLI_BAD_VALUE", at: "--x" };

describe("an amount", () => {
  it.each([
    ["5M", count, 5_000_000],
    ["1.5k", count, 1_500],
    ["0", count, 0],
    ["2G", count, 2_000_000_000],
    ["40ms", duration, 40],
    ["0.5ms", duration, 0.5],
    ["1.25s", duration, 1_250],
    ["1KB", size, 1_024],
    ["1.5KB", size, 1_536],
    ["300B", size, 300],
    ["512", memory, 512],
  ])("that is written as %s is read", (text, form, expected) => {
    expect(readAmount("--x", text, form).toNumber()).toBe(expected);
  });

  it.each([
    ["5X", count],
    ["5m", count],
    ["-5", count],
    ["1.5", count],
    ["1.0001k", count],
    ["1e6", count],
    ["", count],
    ["M", count],
    ["40", duration],
    ["40 ms", duration],
    ["1kb", size],
    ["0.3B", size],
    ["5toString", count],
    ["1__proto__", count],
  ])("that is written as %s is refused", (text, form) => {
    expect(() => readAmount("--x", text, form)).toThrow(expect.objectContaining(refused));
  });

  it("is what it was, whatever the unit that it is written in", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (value) => {
        const plain = readAmount("--x", String(value), count);
        for (const [unit, factor] of Object.entries(count.units)) {
          const digits = String(factor).length - 1;
          const text = String(value).padStart(digits + 1, "0");
          const whole = text.slice(0, text.length - digits);
          const written = digits === 0 ? text : `${whole}.${text.slice(-digits)}`;
          expect(readAmount("--x", `${written}${unit}`, count).compare(plain)).toBe(0);
        }
      }),
    );
  });

  it("is an amount or refused, whatever was typed", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(count, duration, size, memory), (text, form) => {
        try {
          expect(readAmount("--x", text, form).toNumber()).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toMatchObject(refused);
        }
      }),
    );
  });
});

describe("amounts with names", () => {
  const read = (text: string) => {
    const { other, byName } = readNamedAmounts("--x", text, duration);
    return [other?.toNumber(), [...byName].map(([name, one]) => [name, one.toNumber()])];
  };

  it("are read with the one that has none", () => {
    expect(read("40ms, list=20ms,GET /v1/{id}=1s")).toEqual([
      40,
      [
        ["list", 20],
        ["GET /v1/{id}", 1000],
      ],
    ]);
  });

  it.each(["40ms,20ms", "list=1ms,list=2ms", "=40ms", "list=", "", "list=20ms,"])(
    "are refused as %j",
    (text) => {
      expect(() => read(text)).toThrow(expect.objectContaining(refused));
    },
  );
});
