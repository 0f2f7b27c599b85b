import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callerPolicy } from "./policy.ts";

const api = "arn:aws:execute-api:eu-west-1:123456789012:abc/v1";
const policy = (routes: Record<string, string[]>, ...scopes: string[]) =>
  callerPolicy(`${api}/GET/x`, routes, scopes).Statement;

describe("what a token may call", () => {
  it("is nothing by a wildcard for methods or for the whole API, whatever routes and scopes there are", () => {
    const name = fc
      .tuple(
        fc.constantFrom("GET", "POST"),
        fc.array(fc.constantFrom("a", "b", "{id}"), { minLength: 1, maxLength: 4 }),
      )
      .map(([method, path]) => `${method} /${path.join("/")}`);
    const scopes = fc.subarray(["r", "w", "x"]);
    fc.assert(
      fc.property(fc.dictionary(name, scopes), scopes, (routes, own) => {
        const allowed = policy(routes, ...own).flatMap((one) =>
          one.Effect === "Allow" ? one.Resource : [],
        );
        const expected = Object.entries(routes).filter(
          ([, asked]) => asked.length > 0 && asked.every((scope) => own.includes(scope)),
        );
        expect(allowed).toHaveLength(expected.length);
        for (const one of allowed) expect(one).toMatch(/\/v1\/(GET|POST)\/([ab*]\/?)+$/);
      }),
    );
  });

  it("is not a route within an allowed one that asks for more", () => {
    const routes = { "PUT /items/{id}": ["write"], "PUT /items/{id}/price": ["price"] };
    expect(policy(routes, "write")).toEqual([
      { Action: "execute-api:Invoke", Effect: "Allow", Resource: [`${api}/PUT/items/*`] },
      { Action: "execute-api:Invoke", Effect: "Deny", Resource: [`${api}/PUT/items/*/price`] },
    ]);
    expect(policy(routes, "price")).toEqual([
      { Action: "execute-api:Invoke", Effect: "Allow", Resource: [`${api}/PUT/items/*/price`] },
    ]);
    expect(policy(routes, "price", "write")).toHaveLength(1);
  });

  it("is denied by name where it is nothing: a policy has to say something", () => {
    expect(policy({ "GET /a": ["r"], "GET /b": [] }, "w")).toEqual([
      {
        Action: "execute-api:Invoke",
        Effect: "Deny",
        Resource: [`${api}/GET/a`, `${api}/GET/b`],
      },
    ]);
  });
});
