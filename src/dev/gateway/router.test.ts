import { describe, expect, it } from "vitest";
import type { RoutePlan } from "../../plan/index.ts";
import { createRouter } from "./router.ts";

/** A router for routes such as `GET /items/{id}`; each is answered by the function of its own name. */
function router(...routes: string[]) {
  return createRouter({
    routes: routes.map((route): RoutePlan => {
      const [method, path = ""] = route.split(" ");
      return {
        method: method as RoutePlan["method"],
        path,
        function: route,
        auth: { type: "none" },
        throttling: null,
        example: { pathParameters: {}, query: {}, body: null },
        parameters: [],
        body: null,
        responses: [],
        from: `functions.${route}`,
      };
    }),
  });
}

/** The function that answers and the path parameters; undefined where there is none. */
function found(routes: readonly string[], method: string, path: string) {
  const match = router(...routes).match(path);
  const route = match?.routes.get(method);
  return match && route && [route.function, match.pathParameters];
}

describe("a route", () => {
  it("is found by its method and its path", () => {
    const routes = ["GET /items", "POST /items", "GET /items/{id}"];
    expect(found(routes, "POST", "/items")).toEqual(["POST /items", {}]);
    expect(found(routes, "GET", "/items/7")).toEqual(["GET /items/{id}", { id: "7" }]);
  });

  it.each([
    ["DELETE", "/items"],
    ["HEAD", "/items"],
    ["get", "/items"],
    ["GET", "/Items"],
    ["GET", "/item"],
    ["GET", "/items/7/parts"],
    ["GET", "/"],
    ["GET", ""],
    ["GET", "*"],
  ])("is not found for %s %s where there is none", (method, path) => {
    expect(found(["GET /items", "GET /items/{id}"], method, path)).toBeUndefined();
  });

  it("may be the root", () => {
    expect(found(["GET /"], "GET", "/")).toEqual(["GET /", {}]);
    expect(found(["GET /"], "GET", "/x")).toBeUndefined();
  });

  it("may have several path parameters", () => {
    expect(found(["GET /a/{x}/b/{y}"], "GET", "/a/1/b/2")).toEqual([
      "GET /a/{x}/b/{y}",
      { x: "1", y: "2" },
    ]);
  });

  it("is found with a slash at the end, or with more than one at the start", () => {
    const routes = ["GET /items", "GET /items/{id}", "GET /files/{proxy+}"];
    expect(found(routes, "GET", "/items/")).toEqual(["GET /items", {}]);
    expect(found(routes, "GET", "/items/7/")).toEqual(["GET /items/{id}", { id: "7" }]);
    expect(found(routes, "GET", "//items")).toEqual(["GET /items", {}]);
    expect(found(routes, "GET", "/files/a/b/")).toEqual(["GET /files/{proxy+}", { proxy: "a/b" }]);
  });

  it("is not found where a segment is empty", () => {
    const routes = ["GET /items/{id}", "GET /items/{id}/parts", "GET /files/{proxy+}"];
    expect(found(routes, "GET", "/items//parts")).toBeUndefined();
    expect(found(routes, "GET", "/items//")).toBeUndefined();
    expect(found(routes, "GET", "/files/")).toBeUndefined();
  });
});

describe("a path parameter", () => {
  it.each(["test%2Balias@gmail.com", "%20", "a+b", "%zz", "a%2Fb", "é"])(
    "is as it stands in the path, percent-encoded or not: %s",
    (id) => {
      expect(found(["GET /items/{id}"], "GET", `/items/${id}`)).toEqual([
        "GET /items/{id}",
        { id },
      ]);
    },
  );

  it("that is greedy takes the rest of the path, with doubled slashes inside", () => {
    expect(found(["GET /files/{proxy+}"], "GET", "/files/a//b%20c")).toEqual([
      "GET /files/{proxy+}",
      { proxy: "a//b%20c" },
    ]);
  });

  it("that is greedy needs something to take", () => {
    expect(found(["GET /files/{proxy+}"], "GET", "/files")).toBeUndefined();
  });
});

describe("where several routes fit, the router", () => {
  const routes = [
    "GET /{proxy+}",
    "GET /items/{proxy+}",
    "GET /items/{id}",
    "GET /items/special",
    "GET /items/{id}/parts",
  ];
  const orders = [routes, routes.toReversed()];

  it.each(orders)("takes a literal before a parameter before a greedy one (%#)", (...order) => {
    expect(found(order, "GET", "/items/special")).toEqual(["GET /items/special", {}]);
    expect(found(order, "GET", "/items/7")).toEqual(["GET /items/{id}", { id: "7" }]);
    expect(found(order, "GET", "/items/7/parts")).toEqual(["GET /items/{id}/parts", { id: "7" }]);
    expect(found(order, "GET", "/items/7/others")).toEqual([
      "GET /items/{proxy+}",
      { proxy: "7/others" },
    ]);
    expect(found(order, "GET", "/other")).toEqual(["GET /{proxy+}", { proxy: "other" }]);
  });

  it("prefers the literal that comes first in the path", () => {
    for (const order of [
      ["GET /{a}/x", "GET /b/{c}"],
      ["GET /b/{c}", "GET /{a}/x"],
    ]) {
      expect(found(order, "GET", "/b/x")).toEqual(["GET /b/{c}", { c: "x" }]);
    }
  });

  it("looks at the path first, and at the method only then", () => {
    const routes = ["GET /items/special", "DELETE /items/{id}"];
    expect(found(routes, "DELETE", "/items/special")).toBeUndefined();
  });
});

describe("the template of a path", () => {
  it("is the same for every method", () => {
    const { match } = router("GET /items/{id}", "PUT /items/{id}");
    expect(match("/items/7")?.template).toBe("/items/{id}");
    expect([...(match("/items/7")?.routes.keys() ?? [])]).toEqual(["GET", "PUT"]);
    expect(match("/others")).toBeUndefined();
  });

  it("may have characters that mean something in a pattern", () => {
    expect(found(["GET /v1.0/a+b/{id}"], "GET", "/v1.0/a+b/7")).toEqual([
      "GET /v1.0/a+b/{id}",
      { id: "7" },
    ]);
    expect(found(["GET /v1.0/{id}"], "GET", "/v1x0/7")).toBeUndefined();
  });

  it("does not fit a star, which asks of the whole server", () => {
    expect(router("GET /{proxy+}").match("*")).toBeUndefined();
  });
});
