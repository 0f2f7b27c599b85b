import { describe, expect, it } from "vitest";
import * as z from "zod";
import { HttpError, type StandardSchema, validate } from "./index.ts";

const product = z.strictObject({
  name: z.string("is required"),
  price: z.string().optional(),
  features: z.array(z.strictObject({ name: z.string("has to be a text") })).optional(),
  size: z.strictObject({ width: z.number("has to be a number") }).optional(),
});

/** The errors of a refused value; fails where it is accepted. */
function errorsOf(schema: StandardSchema<unknown>, value: unknown, field?: string) {
  try {
    validate(schema, value, field);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    expect(error).toMatchObject({ status: 400, message: "The request is not valid." });
    return error.errors;
  }
  throw new Error("The value was accepted.");
}

/** A schema of a library that we do not use. */
function schemaWith(
  issues: readonly { message: string; path?: readonly (PropertyKey | { key: PropertyKey })[] }[],
): StandardSchema<never> {
  return { "~standard": { validate: () => ({ issues }) } };
}

describe("a value that fits its schema", () => {
  it("comes back as the schema makes it", () => {
    const schema = z.strictObject({ limit: z.coerce.number().default(20) });
    expect(validate(schema, { limit: "7" })).toEqual({ limit: 7 });
    expect(validate(schema, {})).toEqual({ limit: 20 });
  });

  it("may be undefined", () => {
    expect(validate(z.string().optional(), undefined)).toBeUndefined();
  });
});

describe("a value that does not fit its schema", () => {
  it("is refused with one error for each field that is wrong", () => {
    expect(errorsOf(product, { price: 5, size: { width: "1" } })).toMatchObject([
      { field: "name", message: "is required" },
      { field: "price" },
      { field: "size.width", message: "has to be a number" },
    ]);
  });

  it("is named by its path, with positions in brackets", () => {
    const features = [{ name: "a" }, { name: "b" }, { name: 3 }];
    expect(errorsOf(product, { name: "x", features })).toEqual([
      { field: "features[2].name", message: "has to be a text" },
    ]);
  });

  it("is named by its position where the root is a list", () => {
    const schema = z.array(z.array(z.number("has to be a number")));
    expect(errorsOf(schema, [[1], [2, "3"]])).toEqual([
      { field: "[1][1]", message: "has to be a number" },
    ]);
  });

  it("is the body where it is wrong itself", () => {
    expect(errorsOf(z.strictObject({}, "has to be an object"), "text")).toEqual([
      { field: "body", message: "has to be an object" },
    ]);
  });

  it("has the name that it was given where it is wrong itself", () => {
    const schema = z.string().regex(/^PROD-/, "has to start with PROD-");
    expect(errorsOf(schema, "X", "productId")).toEqual([
      { field: "productId", message: "has to start with PROD-" },
    ]);
  });

  it("keeps the paths of its fields, whatever its own name", () => {
    expect(errorsOf(product, {}, "query")).toEqual([{ field: "name", message: "is required" }]);
  });
});

describe("keys that the schema does not know", () => {
  it("are one error each", () => {
    expect(errorsOf(product, { name: "x", prise: "1", colour: "red" })).toEqual([
      { field: "prise", message: "is not a known field" },
      { field: "colour", message: "is not a known field" },
    ]);
  });

  it("are named by their paths far below", () => {
    const value = { name: "x", features: [{ name: "a", extra: 1 }], size: { width: 1, depth: 2 } };
    expect(errorsOf(product, value)).toEqual([
      { field: "features[0].extra", message: "is not a known field" },
      { field: "size.depth", message: "is not a known field" },
    ]);
  });

  it("may be __proto__, which JSON can have as a key like any other", () => {
    const value: unknown = JSON.parse('{"name":"x","__proto__":{"price":"1"}}');
    expect(errorsOf(product, value)).toEqual([
      { field: "__proto__", message: "is not a known field" },
    ]);
  });
});

describe("a schema of another library", () => {
  it("may write a path's parts as objects with a key", () => {
    const path = [{ key: "features" }, { key: 2 }, "name"];
    expect(errorsOf(schemaWith([{ message: "is wrong", path }]), {})).toEqual([
      { field: "features[2].name", message: "is wrong" },
    ]);
  });

  it("may give no path", () => {
    expect(errorsOf(schemaWith([{ message: "is wrong" }]), {}, "limit")).toEqual([
      { field: "limit", message: "is wrong" },
    ]);
  });

  it("may have symbols as keys", () => {
    const path = [Symbol("secret"), "a", Symbol("b")];
    expect(errorsOf(schemaWith([{ message: "is wrong", path }]), {})).toEqual([
      { field: "Symbol(secret).a.Symbol(b)", message: "is wrong" },
    ]);
  });

  it("is refused where it is asynchronous, and the caller is not blamed", () => {
    const schema: StandardSchema<string> = {
      "~standard": { validate: async () => ({ value: "x" }) },
    };
    expect(() => validate(schema, "x")).toThrow(
      new TypeError("validate() needs a synchronous schema"),
    );
  });
});
