import { describe, expect, it } from "vitest";
import { changedPlan } from "../../../test/product-plan.ts";
import type { RoutePlan } from "../../plan/index.ts";
import type { Ask } from "../http/ask.ts";
import { findInList } from "./listing.ts";

const list = changedPlan().api.routes.find((one) => one.function === "list") as RoutePlan;

/** A list of so many items, one on each page. */
function pages(count: number, asked: string[] = []): Ask {
  return async ({ path }) => {
    asked.push(path);
    const page = Number(new URLSearchParams(path.split("?")[1]).get("nextToken") ?? 0);
    const products = [{ productId: `P-${page}` }];
    const more = page + 1 < count ? { nextToken: String(page + 1) } : {};
    return {
      status: 200,
      headers: new Headers(),
      text: JSON.stringify({ products, count: 1, ...more }),
      correlationId: "verify-1",
      milliseconds: 1,
    };
  };
}

describe("an item in a list", () => {
  it("is found on whatever page it is, and none after it is asked for", async () => {
    const asked: string[] = [];
    const found = await findInList(list, "productId", "P-2", pages(5, asked));
    expect(found).toEqual({ isListed: true, isCutOff: false, entries: 3, failure: null });
    expect(asked).toEqual([
      "/v1.0/products",
      "/v1.0/products?nextToken=1",
      "/v1.0/products?nextToken=2",
    ]);
  });

  it("is not there where it is on no page", async () => {
    const found = await findInList(list, "productId", "P-9", pages(3));
    expect(found).toEqual({ isListed: false, isCutOff: false, entries: 3, failure: null });
  });

  it("is looked for on twenty pages", async () => {
    const asked: string[] = [];
    const found = await findInList(list, "productId", "P-90", pages(100, asked));
    expect([found.isListed, found.isCutOff, asked.length]).toEqual([false, true, 20]);
  });

  it("is found in a list that is all of the answer", async () => {
    const answer = {
      ...(await pages(1)({ method: "", path: "", headers: {}, body: null, wantsToken: false })),
    };
    const ask: Ask = async () => ({ ...answer, text: '[{"id":"a"},{"id":"b"}]' });
    expect((await findInList(list, "productId", "b", ask)).isListed).toBe(true);
  });
});
