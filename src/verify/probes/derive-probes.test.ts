import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { changedPlan } from "../../../test/product-plan.ts";
import { Contract } from "../contract.ts";
import { deriveProbes } from "./derive-probes.ts";
import type { Probe } from "./probe.ts";

function probesOf(functions?: object, hasToken = true): Probe[] {
  const plan = changedPlan(functions);
  return deriveProbes(plan, new Contract(plan).accepts, hasToken);
}

const lambda = (routes: readonly string[], more: object = {}) => ({
  description: "Does something",
  entry: "src/f.ts",
  routes,
  auth: "none",
  ...more,
});

const idsOf = (functions: object) => probesOf(functions).map(({ id }) => id);

/** What is sent, what has to come back, and how that is said. */
function described({ id, what, request, statuses, names }: Probe): string {
  const { method, path, headers, body } = request;
  const sent = [
    `${method} ${path}`,
    ...Object.entries(headers)
      .filter(([, value]) => value !== "application/json")
      .map(([name, value]) => `${name}: ${value}`),
    ...(body === null ? [] : [body.length <= 160 ? body : `${body.slice(0, 159)}…`]),
  ];
  return [
    id,
    `  ${what}`,
    ...sent.map((line) => `    ${line}`),
    `    -> ${[statuses.join(" or "), ...names].join(", ")}`,
  ].join("\n");
}

describe("what is asked of a service without changing anything", () => {
  it("is, for the Product service, to the letter what test/golden has", async () => {
    const golden = new URL("../../../test/golden/product.probes.txt", import.meta.url);
    const text = `${probesOf().map(described).join("\n\n")}\n`;
    await expect(text).toMatchFileSnapshot(fileURLToPath(golden));
  });

  const refused = { responses: { 400: { description: "not valid" } } };

  it("has no body that would be carried out, whatever its schema is", () => {
    const field = fc.constantFrom<readonly [z.ZodType, unknown]>(
      [z.string(), "x"],
      [z.string().max(9).optional(), "x"],
      [z.int().min(1).max(9), 5],
      [z.boolean().optional(), true],
      [z.array(z.string()).max(3), []],
      [z.enum(["a", "b"]).default("a"), "b"],
      [z.unknown(), null],
    );
    const name = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(fc.dictionary(name, field), fc.boolean(), (fields, isStrict) => {
        const part = (which: 0 | 1) =>
          Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, one[which]]));
        const shape = part(0) as z.ZodRawShape;
        const body = isStrict ? z.strictObject(shape) : z.object(shape);
        const example = { body: part(1) };
        const probes = probesOf({
          make: lambda(["POST /things"], { example, schemas: { body, ...refused } }),
        }).filter(({ route }) => route === "POST /things");
        expect(probes.length).toBeGreaterThanOrEqual(2 + Number(isStrict));
        for (const { request } of probes) {
          if (request.body === null || request.body === "{") continue;
          expect(body.safeParse(JSON.parse(request.body)).success, request.body).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("has wrong queries and headers of safe methods only: elsewhere the rest would be carried out", () => {
    const query = z.object({ limit: z.string().regex(/^\d+$/) });
    const headers = z.object({ "X-Kind": z.enum(["a", "b"]) });
    const ids = idsOf({
      read: lambda(["GET /things"], { schemas: { query, headers, ...refused } }),
      clear: lambda(["DELETE /things"], { schemas: { query, headers, ...refused } }),
    });
    expect(ids.filter((id) => id.startsWith("GET"))).toEqual([
      "GET /things example",
      "GET /things query.limit.pattern",
      "GET /things header.X-Kind.enum",
    ]);
    expect(ids.filter((id) => id.startsWith("DELETE"))).toEqual([]);
  });

  it("expects no refusal where none is stated, and takes 422 for one where 400 is not", () => {
    const body = z.object({ text: z.string() });
    const make = (responses: object) =>
      probesOf({ make: lambda(["POST /things"], { schemas: { body, responses } }) })
        .filter(({ route }) => route === "POST /things")
        .map(({ id, statuses }) => [id.split(" ").at(-1), ...statuses]);
    expect(make({ 201: { description: "made" } })).toEqual([]);
    expect(make({ 422: { description: "not valid" } })).toEqual([
      ["body.none", 422],
      ["body.broken", 422],
      ["body.empty", 422],
    ]);
    expect(make({ 415: { description: "no JSON" } })).toEqual([["body.type", 415]]);
  });

  it("takes any success for an answer where nothing is stated, and a missing item too", () => {
    const statuses = probesOf({
      list: lambda(["GET /things", "HEAD /things"]),
      read: lambda(["GET /things/{id}"], { example: { pathParameters: { id: "1" } } }),
    }).map(({ id, statuses }) => [id, ...statuses]);
    expect(statuses.slice(0, 3)).toEqual([
      ["GET /things example", 200, 204],
      ["HEAD /things example", 200, 204],
      ["GET /things/{id} example", 200, 204, 404],
    ]);
  });

  it("has no path that is no route where there is none", () => {
    expect(idsOf({ all: lambda(["GET /things"]) })).toContain("no-route");
    const greedy = lambda(["GET /{rest+}"], { example: { pathParameters: { rest: "a/b" } } });
    expect(idsOf({ all: greedy })).toEqual(["GET /{rest+} example", "OPTIONS /{rest+} preflight"]);
  });
});
