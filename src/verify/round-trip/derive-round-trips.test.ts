import { describe, expect, it } from "vitest";
import { changedPlan } from "../../../test/product-plan.ts";
import { deriveRoundTrips } from "./derive-round-trips.ts";

const lambda = (route: string, example: object = {}) => ({
  description: "Does something",
  entry: "src/f.ts",
  routes: [route],
  auth: "none",
  example,
});
const id = { pathParameters: { id: "1" } };
const make = lambda("POST /things", { body: { text: "x" } });
const read = lambda("GET /things/{id}", id);
const remove = lambda("DELETE /things/{id}", id);

/** The routes of each round trip. */
function trips(functions?: object): Record<string, unknown>[] {
  return deriveRoundTrips(changedPlan(functions), true).map(
    ({ collection, parameter, create, read, remove, update, list }) => ({
      at: `${collection} ${parameter}`,
      functions: [create, read, update, remove, list].map((one) => one?.function),
    }),
  );
}

describe("routes that an item can be taken through", () => {
  it("are all of the Product service", () => {
    expect(trips()).toEqual([
      {
        at: "/v1.0/products productId",
        functions: ["create", "get", "update", "delete", "list"],
      },
    ]);
  });

  it("need no list and no change, and take PATCH for a change", () => {
    const functions = ["make", "read", undefined, "remove", undefined];
    expect(trips({ make, read, remove })).toEqual([{ at: "/things id", functions }]);
    const patch = lambda("PATCH /things/{id}", { ...id, body: { text: "y" } });
    const put = lambda("PUT /things/{id}", id);
    const withChange = functions.with(2, "patch");
    expect(trips({ make, read, remove, put, patch })).toEqual([
      { at: "/things id", functions: withChange },
    ]);
  });

  it("are none where what was made could not be deleted, or read", () => {
    expect(trips({ make, read })).toEqual([]);
    expect(trips({ make, remove })).toEqual([]);
  });

  it("are none without an example of what is made, or below somebody's item", () => {
    expect(trips({ make: lambda("POST /things"), read, remove })).toEqual([]);
    const shop = { pathParameters: { shop: "1", id: "1" } };
    expect(
      trips({
        make: lambda("POST /shops/{shop}/things", { ...shop, body: {} }),
        read: lambda("GET /shops/{shop}/things/{id}", shop),
        remove: lambda("DELETE /shops/{shop}/things/{id}", shop),
      }),
    ).toEqual([]);
  });
});
