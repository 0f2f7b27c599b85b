import { describe, expect, it } from "vitest";
import { changedPlan } from "../../../test/product-plan.ts";
import type { Answer } from "../http/answer.ts";
import { deriveRoundTrips, type RoundTrip } from "./derive-round-trips.ts";
import { isGone, locationFaults, madeItem } from "./item.ts";

const [trip] = deriveRoundTrips(changedPlan(), true) as [RoundTrip];

function answer(body: unknown, location?: string, status = 201): Answer {
  return {
    status,
    headers: new Headers(location === undefined ? {} : { Location: location }),
    text: typeof body === "string" ? body : JSON.stringify(body),
    correlationId: "verify-1",
    milliseconds: 1,
  };
}

describe("the item that was made", () => {
  it.each([
    ["/v1.0/products/PROD-1", "PROD-1"],
    ["/v1/v1.0/products/PROD-1/", "PROD-1"],
    ["https://api.example.com/v1.0/products/a%20b?x=1", "a b"],
  ])("is the one that Location %s leads to", (location, id) => {
    expect(madeItem(trip, answer({ productId: "another" }, location))?.id).toBe(id);
  });

  it("is the one that the body names, as the path's parameter is called or as id", () => {
    expect(madeItem(trip, answer({ productId: "PROD-2", id: 7 }))).toEqual({
      id: "PROD-2",
      path: "/v1.0/products/PROD-2",
    });
    expect(madeItem(trip, answer({ id: 7 }))?.id).toBe("7");
  });

  it("is known by its body where its Location is no URL", () => {
    const broken = answer({ id: 7 }, "/v1.0/products/%zz");
    const item = { id: "7", path: "/v1.0/products/7" };
    expect(madeItem(trip, broken)).toEqual(item);
    expect(locationFaults(broken, item, "https://x.example.com")).toHaveLength(1);
    expect(locationFaults(answer({}, "https://"), item, "https://x.example.com")).toHaveLength(1);
  });

  it.each([["no JSON"], [{ name: "x" }], [{ productId: null }], [[1]], ["null"]])(
    "is not known from %j",
    (body) => {
      expect(madeItem(trip, answer(body))).toBeUndefined();
    },
  );

  it("is where its Location says, below the stage and a base path too", () => {
    const item = { id: "PROD-1", path: "/v1.0/products/PROD-1" };
    const faults = (location: string, url: string) =>
      locationFaults(answer({}, location), item, url);
    expect(faults("/v1/v1.0/products/PROD-1", "https://x.example.com/v1")).toEqual([]);
    expect(faults("https://x.example.com/v1.0/products/PROD-1", "https://x.example.com")).toEqual(
      [],
    );
    expect(faults("/v1.0/products/PROD-1", "https://x.example.com/v1")).toEqual([
      "Location is /v1.0/products/PROD-1, and the item is at /v1/v1.0/products/PROD-1",
    ]);
    expect(locationFaults(answer({}), item, "https://x.example.com")).toEqual([]);
  });

  it("is gone where it is not found, or not as it was", () => {
    expect(isGone(answer("", undefined, 404), "x")).toBe(true);
    expect(isGone(answer("", undefined, 410), null)).toBe(true);
    expect(isGone(answer("marked", undefined, 200), "as it was")).toBe(true);
    expect(isGone(answer("as it was", undefined, 200), "as it was")).toBe(false);
    expect(isGone(answer("as it was", undefined, 200), null)).toBe(false);
    expect(isGone(answer("", undefined, 500), "as it was")).toBe(false);
  });
});
