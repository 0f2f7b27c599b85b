import { describe, expect, it } from "vitest";
import * as z from "zod";
import { changedPlan } from "../../test/product-plan.ts";
import { Contract } from "./contract.ts";
import type { Answer } from "./http/answer.ts";

const exposed = "ETag,Location,X-Correlation-Id";

function answer(status: number, headers: Record<string, string>, text = ""): Answer {
  return {
    status,
    headers: new Headers({
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Expose-Headers": exposed,
      "X-Correlation-Id": "verify-1",
      ...headers,
    }),
    text,
    correlationId: "verify-1",
    milliseconds: 1,
  };
}

const lambda = (routes: readonly string[], schemas: object = {}) => ({
  description: "Does something",
  entry: "src/f.ts",
  routes,
  auth: "none",
  schemas,
});

const json = { "Content-Type": "application/json" };
const list = { method: "GET", path: "/v1.0/products" };

describe("an answer, held against the contract", () => {
  it("has nothing wrong where all is as stated, whatever parameters its type has", () => {
    const contract = new Contract(changedPlan());
    const page = answer(
      200,
      { "Content-Type": "application/json; charset=utf-8" },
      '{"products":[],"count":0}',
    );
    expect(contract.faults(list, page)).toEqual({ cors: [], correlation: [], content: [] });
  });

  it("may be read by the origin that has asked, where several are allowed", () => {
    const allowOrigins = ["https://shop.example.com", "https://admin.example.com"];
    const contract = new Contract(changedPlan(undefined, { cors: { allowOrigins } }));
    const origin = (value: string) =>
      contract.faults(
        list,
        answer(200, { ...json, "Access-Control-Allow-Origin": value }, '{"products":[],"count":0}'),
      ).cors;
    expect(origin("https://shop.example.com")).toEqual([]);
    expect(origin("*")).toEqual([
      'Access-Control-Allow-Origin is "*", not "https://shop.example.com"',
    ]);
  });

  it("is held against less where less is stated", () => {
    const contract = new Contract(changedPlan({ any: lambda(["GET /time"]) }));
    const time = { method: "GET", path: "/time" };
    expect(contract.faults(time, answer(200, { "Content-Type": "text/plain" }, "12:00"))).toEqual({
      cors: [],
      correlation: [],
      content: [],
    });
    const faults = contract.faults(time, answer(200, { "X-Correlation-Id": "mine" }));
    expect(faults.correlation).toEqual(['X-Correlation-Id is "mine", not "verify-1"']);
  });

  it("has no body to look at where HEAD has asked", () => {
    const responses = { 200: { description: "it", body: z.object({ a: z.string() }) } };
    const contract = new Contract(changedPlan({ head: lambda(["HEAD /it"], { responses }) }));
    expect(contract.faults({ method: "HEAD", path: "/it" }, answer(200, json)).content).toEqual([]);
  });

  it("is of a path whose last parameter takes slashes, too", () => {
    const responses = { 200: { description: "it", body: z.object({ a: z.string() }) } };
    const read = {
      ...lambda(["GET /files/{file+}"], { responses }),
      example: { pathParameters: { file: "a/b" } },
    };
    const contract = new Contract(changedPlan({ read }));
    const operation = { method: "GET", path: "/files/{file+}" };
    expect(contract.faults(operation, answer(200, json, "{}")).content).toEqual([
      "the body is not as stated (it must have required property 'a'): {}",
    ]);
    expect(contract.faults(operation, answer(200, json, "<a>")).content).toEqual([
      "the body is not JSON: <a>",
    ]);
  });

  it("is stated nowhere where its status is not, and has to be readable all the same", () => {
    const contract = new Contract(changedPlan());
    const teapot = answer(418, { "Access-Control-Allow-Origin": "null" }, "short and stout");
    expect(contract.faults(list, teapot)).toEqual({
      cors: ['Access-Control-Allow-Origin is "null", not "*"'],
      correlation: [],
      content: ["nothing states 418 (no content type) short and stout"],
    });
  });

  it("is held against patterns that are none with Unicode, too", () => {
    const { accepts } = new Contract(changedPlan());
    expect(accepts({ pattern: "^a\\_b$" }, "a_b")).toBe(true);
    expect(accepts({ pattern: "^a\\_b$" }, "ab")).toBe(false);
    expect(accepts({ pattern: "^\\p{Lu}$" }, "É")).toBe(true);
  });
});
