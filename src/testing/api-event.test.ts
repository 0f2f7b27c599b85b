import { describe, expect, it } from "vitest";
import { type ApiCall, apiEvent } from "./index.ts";

const eventOf = (call: Partial<ApiCall> = {}) => apiEvent({ route: "GET /things", ...call });

describe("the event of a call", () => {
  it("has the method, the route's template and the path", () => {
    expect(eventOf({ route: "DELETE /v1.0/things" })).toMatchObject({
      httpMethod: "DELETE",
      resource: "/v1.0/things",
      path: "/v1.0/things",
      pathParameters: null,
      requestContext: { httpMethod: "DELETE", resourcePath: "/v1.0/things", stage: "v1" },
    });
  });

  it("has the path parameters filled in, as they are written", () => {
    const pathParameters = { shopId: "a%20b", proxy: "c/d" };
    expect(eventOf({ route: "GET /shops/{shopId}/{proxy+}", pathParameters })).toMatchObject({
      resource: "/shops/{shopId}/{proxy+}",
      path: "/shops/a%20b/c/d",
      pathParameters,
    });
  });

  it("has nothing in the place of a path parameter that is not given", () => {
    expect(eventOf({ route: "GET /shops/{shopId}/parts" })).toMatchObject({
      path: "/shops//parts",
      pathParameters: null,
    });
  });

  it("has the query as it is decoded", () => {
    const query = { q: "a b+c&d=é%20", empty: "" };
    expect(eventOf({ query })).toMatchObject({
      queryStringParameters: query,
      multiValueQueryStringParameters: { q: ["a b+c&d=é%20"], empty: [""] },
    });
    expect(eventOf().queryStringParameters).toBeNull();
  });

  it("has the headers in the caller's case", () => {
    const event = eventOf({ headers: { "if-match": '"1"', "X-Thing": "yes" } });
    expect(event.headers).toMatchObject({ "if-match": '"1"', "X-Thing": "yes" });
  });

  it.each([
    ["an object", { name: "é" }, '{"name":"é"}'],
    ["a list", [], "[]"],
    ["null", null, "null"],
    ["a number", 0, "0"],
  ])("has %s as a JSON body, with its content type", (_, body, text) => {
    const event = eventOf({ route: "POST /things", body });
    expect(event.body).toBe(text);
    expect(event.headers).toMatchObject({ "Content-Type": "application/json" });
  });

  it("has a text as it is, without a content type", () => {
    const event = eventOf({ route: "POST /things", body: "{ broken" });
    expect(event.body).toBe("{ broken");
    expect(event.headers).not.toHaveProperty("Content-Type");
  });

  it("has an empty text as an empty body, and no body as null", () => {
    expect(eventOf({ body: "" }).body).toBe("");
    expect(eventOf().body).toBeNull();
    expect(eventOf({ body: undefined }).body).toBeNull();
  });

  it.each(["Content-Type", "content-type"])("has the caller's own %s before ours", (name) => {
    const { headers } = eventOf({ body: {}, headers: { [name]: "application/vnd.api+json" } });
    const types = Object.entries(headers).filter(([key]) => key.toLowerCase() === "content-type");
    expect(types.map(([, type]) => type)).toEqual(["application/vnd.api+json"]);
  });

  it("has a method and a path where the route has none", () => {
    expect(apiEvent({ route: "" })).toMatchObject({ httpMethod: "", path: "/" });
  });
});
