import { describe, expect, it } from "vitest";
import * as z from "zod";
import product from "../../services/product/service.ts";
import { type Manifest, validateManifest } from "./index.ts";

const update = {
  description: "Change an order",
  entry: "src/update.ts",
  routes: ["PUT /orders/{orderId}"],
  auth: "none",
  example: { pathParameters: { orderId: "1" } },
};

describe("the schemas of a function", () => {
  it("are JSON Schema once they are read, whatever they were written in", () => {
    const order = z.strictObject({ total: z.number() });
    const json = {
      type: "object",
      properties: { total: { type: "number" } },
      required: ["total"],
      additionalProperties: false,
    };
    for (const body of [order, json, fromAnotherLibrary(json)]) {
      expect(schemasOf({ body })).toEqual({ body: json, responses: {} });
    }
  });

  it("are the schemas of what goes in for a request, and of what comes out for an answer", () => {
    const limit = z.object({ limit: z.string().transform(Number).pipe(z.number()).default(50) });
    const { query, responses } = schemasOf({
      query: limit,
      responses: { 200: { description: "Fine", body: limit } },
    });
    expect(query).toEqual({ type: "object", properties: { limit: { type: "string" } } });
    expect(responses[200]?.body).toMatchObject({
      properties: { limit: { type: "number", default: 50 } },
      required: ["limit"],
    });
  });

  it("accept anything where only code of the service can tell, and keep the description", () => {
    const even = z.custom<number>((value) => Number(value) % 2 === 0).describe("An even number.");
    const { body } = schemasOf({ body: z.object({ even, double: z.transform(Number) }) });
    expect(body?.properties).toEqual({ even: { description: "An even number." }, double: {} });
  });

  it("may be named, recursive, and anything that JSON Schema says", () => {
    const tree = z
      .object({
        get children() {
          return z.array(tree);
        },
      })
      .meta({ id: "Tree" });
    expect(problemsOf({ body: tree })).toEqual([]);
    expect(problemsOf({ query: z.object({ tree: tree.optional() }) })).toEqual([]);
    const keywords = {
      type: ["object", "null"],
      properties: { type: { const: { type: "money", $ref: "x" } }, $ref: { $ref: "#" } },
    };
    expect(problemsOf({ body: keywords })).toEqual([]);
  });

  it("may be stated for the Product service, and none need be", () => {
    expect(validateManifest(product).ok).toBe(true);
    expect(schemasOf(undefined)).toEqual({ responses: {} });
  });
});

describe("a schema with a problem", () => {
  it("is told of with its place when it is no schema", () => {
    expect(problemsOf({ body: "order" })).toEqual([
      {
        code: "MANIFEST_SCHEMA",
        path: ["functions", "update", "schemas", "body"],
        message: '"order" is not a schema',
        fix: "write a zod schema, or JSON Schema as an object",
      },
    ]);
    for (const body of [null, 7, [], () => ({})]) {
      expect(problemsOf({ body })).toMatchObject([{ code: "MANIFEST_SCHEMA" }]);
    }
  });

  it("is told of with its values that JSON does not have, each once", () => {
    const order = z.object({ at: z.date(), lines: z.array(z.object({ total: z.bigint() })) });
    const responses = { 200: { description: "Fine", body: order } };
    expect(problemsOf({ responses })).toMatchObject([
      {
        path: ["functions", "update", "schemas", "responses", "200", "body"],
        message: "Date cannot be represented in JSON Schema, at properties.at",
        fix: "use what JSON has: a text, a number, true or false, null, a list, an object",
      },
      {
        message:
          "BigInt cannot be represented in JSON Schema, at properties.lines.items.properties.total",
      },
    ]);
    expect(problemsOf({ body: z.date() })).toMatchObject([
      { message: "Date cannot be represented in JSON Schema" },
    ]);
  });

  it("is told of when its library cannot state it, or it leads back to itself", () => {
    const circle: Record<string, unknown> = { type: "object" };
    circle.not = circle;
    const mute = { "~standard": { version: 1, vendor: "mute", validate: () => ({ value: 1 }) } };
    for (const body of [circle, mute]) {
      expect(problemsOf({ body })).toMatchObject([
        {
          message: expect.stringMatching(/^it cannot be stated as JSON Schema: /),
          fix: "use a schema of zod 4.2 or newer, or write JSON Schema as an object",
        },
      ]);
    }
    const odd = fromAnotherLibrary(() => {
      throw "no reason";
    });
    expect(problemsOf({ body: odd })).toMatchObject([
      { message: "it cannot be stated as JSON Schema: no reason" },
    ]);
  });

  it("is told of when it has a type that JSON Schema does not have", () => {
    const body = { type: "object", properties: { total: { type: "money" }, type: { type: 7 } } };
    expect(problemsOf({ body })).toMatchObject([
      {
        message: 'JSON Schema has no type "money"',
        fix: "use one of string, number, integer, boolean, object, array, null",
      },
      { message: "JSON Schema has no type 7" },
    ]);
  });

  it("is told of when a reference leads out of it", () => {
    const body = {
      type: "array",
      items: [{ $ref: "#/definitions/Order" }, { $ref: "#/$defs/Gone" }, { $ref: "#/$defs/Here" }],
      $defs: { Here: { type: "string" } },
    };
    expect(problemsOf({ body })).toMatchObject([
      {
        message: '$ref "#/definitions/Order" leads nowhere within the schema',
        fix: 'put what it refers to under $defs, and write $ref: "#/$defs/{name}"',
      },
      { message: '$ref "#/$defs/Gone" leads nowhere within the schema' },
    ]);
  });

  it.each(["pathParameters", "query", "headers"])(
    "is told of when %s are not those of an object",
    (name) => {
      expect(problemsOf({ [name]: z.string() })).toMatchObject([
        {
          path: ["functions", "update", "schemas", name],
          message: `"${name}" is a schema of "string", and has to be one of an object`,
          fix: `write ${name}: z.object({ name: schema }), with a property for each`,
        },
      ]);
      expect(problemsOf({ [name]: {} })).toMatchObject([
        { message: `"${name}" is a schema of anything, and has to be one of an object` },
      ]);
    },
  );

  it("is told of when a parameter refers to all parameters", () => {
    const query = { type: "object", properties: { again: { $ref: "#" } } };
    expect(problemsOf({ query })).toMatchObject([
      { fix: 'give the schema that repeats a name: .meta({ id: "Name" })' },
    ]);
  });

  it("is told of when no route has its path parameter, or a body", () => {
    expect(
      problemsOf({ pathParameters: z.object({ orderID: z.string(), other: z.string() }) }),
    ).toMatchObject([
      {
        code: "MANIFEST_SCHEMA_UNUSED",
        path: ["functions", "update", "schemas", "pathParameters", "orderID"],
        message: 'no route of "update" has {orderID}',
        fix: "write orderId",
      },
      { fix: "remove it, or add a route with {other}" },
    ]);
    const schemas = { body: z.object({}) };
    expect(
      problemsOf(schemas, { ...update, routes: ["GET /orders/{orderId}"], auth: "none" }),
    ).toMatchObject([
      {
        code: "MANIFEST_SCHEMA_UNUSED",
        path: ["functions", "update", "schemas", "body"],
        message: 'no route of "update" has a method with a body',
        fix: "remove it, or add a route with POST, PUT, PATCH",
      },
    ]);
  });

  it("is told of under a status that HTTP does not have, and where an answer has no description", () => {
    const answer = { description: "Fine" };
    expect(problemsOf({ responses: { 299: answer, 100: answer } })).toMatchObject([
      { code: "MANIFEST_UNKNOWN_KEY", message: 'there is no key "100" here' },
      {
        code: "MANIFEST_UNKNOWN_KEY",
        message: 'there is no key "299" here',
        fix: expect.stringContaining("known keys are 200, 201, 202"),
      },
    ]);
    expect(problemsOf({ responses: { 200: {} } })).toMatchObject([
      { code: "MANIFEST_MISSING_KEY", message: '"description" is missing' },
    ]);
  });

  it("does not hide a problem elsewhere, nor does a part that has not the form of schemas", () => {
    const broken = { ...update, schemas: { body: z.date() }, entry: "" };
    const other = { ...update, schemas: { responses: { 200: "fine" }, headers: "x" } };
    const functions = { broken, other, third: { ...update, schemas: 7 }, fourth: "x" };
    const validation = validateManifest({ ...product, functions });
    const codes = validation.ok ? [] : validation.problems.map(({ path, code }) => [path[1], code]);
    expect(codes).toEqual(
      expect.arrayContaining([
        ["broken", "MANIFEST_SCHEMA"],
        ["broken", "MANIFEST_OUT_OF_RANGE"],
        ["other", "MANIFEST_SCHEMA"],
        ["other", "MANIFEST_WRONG_TYPE"],
        ["other", "MANIFEST_ROUTE_TAKEN"],
        ["third", "MANIFEST_WRONG_TYPE"],
        ["fourth", "MANIFEST_WRONG_TYPE"],
      ]),
    );
  });
});

function schemasOf(schemas: unknown): Manifest["functions"][string]["schemas"] {
  const validation = validate(schemas, update);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  const { update: lambda } = validation.manifest.functions;
  if (lambda === undefined) throw new Error("update is gone");
  return lambda.schemas;
}

function problemsOf(schemas: unknown, lambda: object = update) {
  const validation = validate(schemas, lambda);
  return validation.ok ? [] : validation.problems;
}

function validate(schemas: unknown, lambda: object) {
  return validateManifest({
    ...product,
    functions: { update: { ...lambda, ...(schemas === undefined ? {} : { schemas }) } },
  });
}

function fromAnotherLibrary(schema: object | (() => object)) {
  const state = () => (typeof schema === "function" ? schema() : schema);
  return { "~standard": { vendor: "other", jsonSchema: { input: state, output: state } } };
}
