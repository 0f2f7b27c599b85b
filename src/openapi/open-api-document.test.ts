import { fileURLToPath } from "node:url";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import product from "../../services/product/service.ts";
import { environmentNames, validateManifest } from "../manifest/index.ts";
import { planService, type ServicePlan } from "../plan/index.ts";
import { type OpenApiDocument, type Operation, openApiDocument } from "./index.ts";

const document = documentOf(product.functions);

describe("the document of the Product service", () => {
  it("is, to the letter, what test/golden has", async () => {
    const golden = new URL("../../test/golden/product.openapi.json", import.meta.url);
    const json = `${JSON.stringify(document, null, 2)}\n`;
    await expect(json).toMatchFileSnapshot(fileURLToPath(golden));
  });

  it("is OpenAPI 3.1 by the official schema", async () => {
    expect(await faultsOf(document)).toEqual([]);
  });

  it("is the same bytes for the same plan, in every environment", () => {
    for (const name of environmentNames) {
      expect(JSON.stringify(openApiDocument(planOf(product.functions, name)))).toBe(
        JSON.stringify(document),
      );
    }
  });

  it("has examples that its own schemas accept", () => {
    const ajv = compiled(document);
    const media = operationsOf(document).flatMap(
      ({ requestBody }) => requestBody?.content["application/json"] ?? [],
    );
    expect(media).toHaveLength(2);
    for (const { schema, example } of media) {
      expect(ajv.validate(`document${schema?.$ref}`, example), ajv.errorsText()).toBe(true);
    }
  });
});

describe("an operation", () => {
  const order = z.object({ total: z.number().default(0) });

  it("is called like its function, and where that has several routes, like its route too", () => {
    const { paths } = documentOf({
      list: lambda(["GET /orders"]),
      read: lambda(["GET /v1/a", "HEAD /v1/a", "GET /v.1/a"]),
    });
    expect(Object.values(paths).map((item) => item.get?.operationId)).toEqual([
      "list",
      "readGetV1A",
      "readGetV1A2",
    ]);
    expect(paths["/v1/a"]?.head?.operationId).toBe("readHeadV1A");
    expect(Object.values(paths).map((item) => item.options?.operationId)).toEqual([
      "optionsOrders",
      "optionsV1A",
      "optionsV1A2",
    ]);
  });

  it("has its route's path parameters, with or without a schema, and an example of each", () => {
    const { paths } = documentOf({
      get: {
        ...lambda(["GET /shops/{shop}/files/{file+}"], { shop: "s1", file: "a/b" }),
        schemas: { pathParameters: z.object({ shop: z.string().max(9).describe("A shop.") }) },
      },
    });
    const { get, options } = paths["/shops/{shop}/files/{file}"] ?? {};
    const parameters = [
      {
        name: "shop",
        in: "path",
        required: true,
        description: "A shop.",
        schema: { type: "string", maxLength: 9 },
        example: "s1",
      },
      { name: "file", in: "path", required: true, schema: { type: "string" }, example: "a/b" },
    ];
    expect(get?.parameters?.slice(0, 2)).toEqual(parameters);
    expect(options?.parameters).toEqual(parameters);
  });

  it("has the parameters of its query and its headers, which are required unless they are optional", () => {
    const { paths } = documentOf({
      list: {
        ...lambda(["GET /orders"]),
        example: { query: { from: "1" } },
        schemas: {
          query: z.object({ from: z.string(), to: z.string().optional() }),
          headers: z.object({ "If-Match": z.string() }),
        },
      },
    });
    expect(paths["/orders"]?.get?.parameters).toEqual([
      { name: "from", in: "query", required: true, schema: { type: "string" }, example: "1" },
      { name: "to", in: "query", schema: { type: "string" } },
      { name: "If-Match", in: "header", required: true, schema: { type: "string" } },
      { $ref: "#/components/parameters/CorrelationId" },
    ]);
  });

  it("says of X-Correlation-Id what its function says", () => {
    const headers = z.object({ "x-correlation-id": z.string() });
    const { paths } = documentOf({ list: { ...lambda(["GET /orders"]), schemas: { headers } } });
    expect(paths["/orders"]?.get?.parameters).toHaveLength(1);
  });

  it("has a body where its method has one", () => {
    const { paths } = documentOf({
      save: {
        ...lambda(["PUT /orders", "GET /orders"]),
        example: { body: { total: 1 } },
        schemas: { body: order },
      },
    });
    expect(paths["/orders"]?.put?.requestBody).toEqual({
      required: true,
      content: {
        "application/json": {
          schema: { $ref: "#/components/schemas/SaveRequestBody" },
          example: { total: 1 },
        },
      },
    });
    expect(paths["/orders"]?.get).not.toHaveProperty("requestBody");
    expect(statuses(paths["/orders"]?.put)).toContain("413");
    expect(statuses(paths["/orders"]?.get)).not.toContain("413");
  });

  it("may be answered by anything where nothing is stated, and by the gateway always", () => {
    const { paths } = documentOf({ list: lambda(["GET /orders"]) });
    expect(statuses(paths["/orders"]?.get)).toEqual(["403", "429", "500", "502", "504", "default"]);
  });

  it("states an error as a problem, and with its own body where it has one", () => {
    const { paths } = documentOf({
      list: {
        ...lambda(["GET /orders"]),
        schemas: {
          responses: {
            200: { description: "Fine", body: order },
            204: { description: "None" },
            404: { description: "Gone" },
            409: { description: "Busy", body: order },
            429: { description: "Slow down", body: order },
            500: { description: "Broken" },
          },
        },
      },
    });
    const responses = paths["/orders"]?.get?.responses ?? {};
    const content = Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [status, Object(response).content]),
    );
    const problem = { schema: { $ref: "#/components/schemas/Problem" } };
    const own = { $ref: "#/components/schemas/List200Body" };
    expect(content).toMatchObject({
      200: { "application/json": { schema: own } },
      204: undefined,
      404: { "application/problem+json": problem },
      409: { "application/json": { schema: own } },
      429: {
        "application/json": {
          schema: { anyOf: [own, { $ref: "#/components/schemas/GatewayError" }] },
        },
      },
      500: { "application/problem+json": problem },
    });
  });

  it("has the CORS headers that the API gives", () => {
    const cors = { allowOrigins: ["https://a.example", "https://b.example"], exposeHeaders: [] };
    const { components, paths } = documentOf({ list: lambda(["GET /orders"]) }, { cors });
    expect(components.headers.AccessControlAllowOrigin).toEqual({
      description: "The origin whose scripts may read this answer.",
      schema: { type: "string", enum: ["https://a.example", "https://b.example"] },
    });
    expect(components.headers).not.toHaveProperty("AccessControlExposeHeaders");
    expect(paths["/orders"]?.options?.responses[200]).toMatchObject({
      headers: {
        "Access-Control-Allow-Methods": { schema: { const: "GET,OPTIONS" } },
        "Access-Control-Max-Age": { schema: { const: "600" } },
      },
    });
  });

  it("can be called where the options say", () => {
    const servers = [{ url: "https://api.example.com/v1" }];
    expect(openApiDocument(planOf(product.functions), { servers }).servers).toEqual(servers);
    expect(document).not.toHaveProperty("servers");
  });
});

describe("a schema among the components", () => {
  const item = (properties: Record<string, z.ZodType>, id?: string) =>
    id === undefined ? z.object(properties) : z.object(properties).meta({ id });
  const answers = (...bodies: unknown[]) => {
    const functions = bodies.map((body, position) => [
      `f${position}`,
      {
        ...lambda([`GET /f${position}`]),
        schemas: { responses: { 200: { description: "Fine", body } } },
      },
    ]);
    return documentOf(Object.fromEntries(functions));
  };
  const namesIn = ({ components }: OpenApiDocument) =>
    Object.keys(components.schemas).filter((name) => !/^(GatewayError|Problem)$/.test(name));

  it("stands once, however often it is used, under its id in letters and digits", () => {
    const order = item({ total: z.number() }, "shop.order-1");
    const found = answers(order, z.array(order), item({ order }));
    expect(namesIn(found)).toEqual(["F1200Body", "F2200Body", "ShopOrder1"]);
    expect(found.components.schemas.F1200Body).toEqual({
      type: "array",
      items: { $ref: "#/components/schemas/ShopOrder1" },
    });
  });

  it("stands once without an id too, under the place that comes first", () => {
    expect(namesIn(answers(item({ a: z.string() }), item({ a: z.string() })))).toEqual([
      "F0200Body",
    ]);
  });

  it("gets a number where another has its name", () => {
    const found = answers(
      item({ a: z.string() }, "Order"),
      item({ a: z.number() }, "Order"),
      item({ a: z.string() }, "Problem"),
      item({ a: z.number() }, "Order"),
      item({ z: z.string() }, "F5200Body"),
      item({ b: z.string() }),
    );
    expect(namesIn(found)).toEqual(["F5200Body", "F5200Body2", "Order", "Order2", "Problem2"]);
  });

  it("is not mixed up with another of the same document, which would have its name", () => {
    const body = {
      type: "array",
      prefixItems: [{ $ref: "#/$defs/a-b" }, { $ref: "#/$defs/a_b" }, { $ref: "#/$defs/~1" }],
      $defs: { "a-b": { type: "string" }, a_b: { type: "number" }, "/": { type: "null" } },
    };
    const { F0200Body, ...rest } = answers(body).components.schemas;
    expect(F0200Body?.prefixItems).toEqual([
      { $ref: "#/components/schemas/AB" },
      { $ref: "#/components/schemas/AB2" },
      { $ref: "#/components/schemas/F0200BodyPart" },
    ]);
    expect(rest).toMatchObject({
      AB: { type: "string" },
      AB2: { type: "number" },
      F0200BodyPart: { type: "null" },
    });
  });

  it("may lead back to itself, with an id or without", () => {
    const named = z
      .object({
        get children() {
          return z.array(named);
        },
      })
      .meta({ id: "Tree" });
    const nameless = z.object({
      get children() {
        return z.array(nameless);
      },
    });
    const { schemas } = answers(named, nameless, z.object({ a: nameless })).components;
    const childrenOf = (name: string) => ({
      properties: { children: { items: { $ref: `#/components/schemas/${name}` } } },
    });
    expect(schemas.Tree).toMatchObject(childrenOf("Tree"));
    expect(schemas.F1200Body).toMatchObject(childrenOf("F1200Body"));
    expect(schemas.F2200Body).toEqual({
      type: "object",
      properties: { a: { $ref: "#/components/schemas/F2200BodyPart" } },
      required: ["a"],
      additionalProperties: false,
    });
    expect(schemas.F2200BodyPart).toMatchObject(childrenOf("F2200BodyPart"));
  });

  it("may be used by a parameter", () => {
    const query = z.object({ colour: z.enum(["red", "blue"]).meta({ id: "Colour" }) });
    const found = documentOf({ list: { ...lambda(["GET /orders"]), schemas: { query } } });
    expect(found.paths["/orders"]?.get?.parameters?.[0]).toMatchObject({
      schema: { $ref: "#/components/schemas/Colour" },
    });
  });

  it("keeps data that looks like a schema, and properties that are called like a keyword", () => {
    const body = {
      type: "object",
      properties: { default: { $ref: "#/$defs/Text" }, $ref: { const: { $ref: "#/$defs/Text" } } },
      $defs: { Text: { type: "string" } },
    };
    expect(answers(body).components.schemas.F0200Body?.properties).toEqual({
      default: { $ref: "#/components/schemas/Text" },
      $ref: { const: { $ref: "#/$defs/Text" } },
    });
  });
});

describe("the document of any service", () => {
  it("is OpenAPI 3.1, with each route once and no operation id twice", async () => {
    await fc.assert(
      fc.asyncProperty(functions(), async (generated) => {
        const validation = validateManifest({ ...product, functions: generated });
        fc.pre(validation.ok);
        const plan = planService(validation.manifest, "dev");
        const found = openApiDocument(plan);
        expect(await faultsOf(found)).toEqual([]);
        compiled(found);

        const ids = operationsOf(found).map(({ operationId }) => operationId);
        expect(new Set(ids).size).toBe(ids.length);
        const routes = Object.entries(found.paths).flatMap(([path, item]) =>
          Object.keys(item)
            .filter((method) => method !== "options")
            .map((method) => `${method.toUpperCase()} ${path}`),
        );
        expect(routes.sort()).toEqual(
          plan.api.routes.map(({ method, path }) => `${method} ${path.replace("+", "")}`).sort(),
        );
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

function functions() {
  const key = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,5}$/);
  const segment = fc.constantFrom("a", "b", "a.b", "a-b", "{id}", "v1");
  const routes = fc.uniqueArray(
    fc
      .tuple(
        fc.constantFrom("GET", "PUT", "POST", "DELETE", "HEAD", "PATCH"),
        fc.array(segment, { maxLength: 3 }).filter((all) => !/id.*id/.test(all.join("/"))),
        fc.constantFrom("", "/{rest+}"),
      )
      .map(([method, path, end]) => `${method} /${path.join("/")}${path.length > 0 ? end : ""}`),
    { minLength: 1, maxLength: 4 },
  );
  const schema = fc.constantFrom<z.ZodType>(
    z.object({ a: z.string(), b: z.number().optional() }),
    z.object({ a: z.string().describe("An a.") }).meta({ id: "Thing" }),
    z.object({ a: z.number().default(3) }).meta({ id: "Thing" }),
    z.object({ a: z.enum(["x", "y"]).meta({ id: "Letter" }), b: z.iso.datetime().optional() }),
  );
  const responses = fc.dictionary(
    fc.constantFrom("200", "201", "204", "400", "404", "413", "500"),
    fc.record(
      { description: fc.constant("Fine"), headers: schema, body: schema },
      { requiredKeys: ["description"] },
    ),
  );
  const lambda = fc.record(
    {
      description: fc.constant("Does something"),
      entry: fc.constant("src/f.ts"),
      routes,
      example: fc.constant({ pathParameters: { id: "1", rest: "a/b" }, body: { a: 1 } }),
      schemas: fc.record(
        { query: schema, headers: schema, body: schema, responses },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ["description", "entry", "routes", "example"] },
  );
  return fc.dictionary(key, lambda, { minKeys: 1, maxKeys: 4 });
}

function lambda(routes: string[], pathParameters: Record<string, string> = {}) {
  return {
    description: "Does something",
    entry: "src/f.ts",
    routes,
    auth: "none",
    example: { pathParameters },
  };
}

function planOf(
  functions: object,
  environment: "dev" | "sit" | "prod" = "dev",
  api?: object,
): ServicePlan {
  const validation = validateManifest({
    ...product,
    api: { ...product.api, ...api },
    functions,
  });
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return planService(validation.manifest, environment);
}

function documentOf(functions: object, api?: object): OpenApiDocument {
  return openApiDocument(planOf(functions, "dev", api));
}

function operationsOf({ paths }: OpenApiDocument): Operation[] {
  return Object.values(paths).flatMap((item) => Object.values(item));
}

function statuses(operation: Operation | undefined): string[] {
  return Object.keys(operation?.responses ?? {});
}

/** What the official schema has against a document. */
async function faultsOf(document: OpenApiDocument): Promise<unknown> {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  return valid ? [] : errors;
}

/** Fails where a schema is no JSON Schema 2020-12, or leads to one that is not there. */
function compiled(document: OpenApiDocument): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, "document");
  for (const name of Object.keys(document.components.schemas)) {
    ajv.compile({ $ref: `document#/components/schemas/${name}` });
  }
  return ajv;
}
