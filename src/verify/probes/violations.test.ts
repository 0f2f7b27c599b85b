import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { changedPlan } from "../../../test/product-plan.ts";
import type { JsonSchema } from "../../manifest/index.ts";
import { Contract } from "../contract.ts";
import { textViolations, violations } from "./violations.ts";

const { accepts } = new Contract(changedPlan());

/** Schemas that can be broken, as zod makes them. */
const field = fc.oneof(
  fc.tuple(fc.nat(20), fc.nat(20)).map(([min, more]) =>
    z
      .string()
      .min(min)
      .max(min + more),
  ),
  fc
    .constantFrom(/^[a-z]{3}$/, /^\d{1,9}$/, /^PROD-[0-9A-Z]{6}$/, /^[!x]$/)
    .map((one) => z.string().regex(one)),
  fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1 }).map((all) => z.enum(all)),
  fc.tuple(fc.integer({ min: -99, max: 99 }), fc.nat(99)).map(([min, more]) =>
    z
      .number()
      .min(min)
      .max(min + more),
  ),
  fc.integer({ min: -99, max: 99 }).map((limit) => z.int().gt(limit)),
  fc.integer({ min: 0, max: 9 }).map((most) => z.array(z.string()).max(most)),
  fc.constant(z.boolean()),
  fc.constant(z.literal("fixed")),
);

describe("what breaks a schema", () => {
  it("is refused by the validator that the schema comes from", () => {
    fc.assert(
      fc.property(field, (schema) => {
        const found = violations(z.toJSONSchema(schema) as JsonSchema, accepts);
        expect(found.length).toBeGreaterThan(0);
        for (const { keyword, value } of found) {
          expect(schema.safeParse(value).success, `${keyword}: ${JSON.stringify(value)}`).toBe(
            false,
          );
        }
      }),
    );
  });

  it("is refused as a text, too, where it stands in a path or a query", () => {
    fc.assert(
      fc.property(field, (schema) => {
        for (const { value } of textViolations(z.toJSONSchema(schema) as JsonSchema, accepts)) {
          expect(value).toEqual(expect.any(String));
          expect(schema.safeParse(value).success).toBe(false);
          expect(schema.safeParse(Number(value)).success).toBe(false);
        }
      }),
    );
  });

  it("is one value for each keyword that can be broken", () => {
    const schema = { type: "string", minLength: 2, maxLength: 4, pattern: "^[a-z]+$" } as const;
    expect(violations(schema, accepts)).toEqual([
      { keyword: "type", value: 0 },
      { keyword: "pattern", value: "!" },
      { keyword: "minLength", value: "x" },
      { keyword: "maxLength", value: "xxxxx" },
    ]);
    expect(violations({ type: "integer", minimum: 1, exclusiveMaximum: 9 }, accepts)).toEqual([
      { keyword: "type", value: "x" },
      { keyword: "minimum", value: 0 },
      { keyword: "exclusiveMaximum", value: 9 },
    ]);
    expect(violations({ type: "array", minItems: 1, maxItems: 2 }, accepts)).toEqual([
      { keyword: "type", value: "x" },
      { keyword: "minItems", value: [] },
      { keyword: "maxItems", value: ["x", "x", "x"] },
    ]);
  });

  it("is looked for where a reference leads", () => {
    const schema = { $ref: "#/$defs/Count", $defs: { Count: { type: "integer", maximum: 5 } } };
    expect(violations(schema, accepts)).toContainEqual({ keyword: "maximum", value: 6 });
  });

  it("is nothing where anything goes, or where only a text of megabytes would do", () => {
    expect(violations({}, accepts)).toEqual([]);
    expect(violations({ maxLength: 5_000_000 }, accepts)).toEqual([]);
    expect(violations({ maximum: Number.MAX_SAFE_INTEGER }, accepts)).toEqual([]);
    expect(textViolations({ type: "string" }, accepts)).toEqual([]);
  });
});
