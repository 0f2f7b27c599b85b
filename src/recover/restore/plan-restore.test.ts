import { describe, expect, it } from "vitest";
import type { ServicePlan, TablePlan } from "../../plan/index.ts";
import { tableOf } from "../index.ts";

const view = (...tables: Pick<TablePlan, "key" | "name" | "existing">[]) => ({
  plan: { environment: "prod", tables } as unknown as ServicePlan,
});
const orders = { key: "orders", name: "orders-prod", existing: false };
const stock = { key: "stock", name: "stock", existing: true };

describe("the table that is restored", () => {
  it("is the only one, or the one that is named", () => {
    expect(tableOf(view(orders), undefined)).toBe(orders);
    expect(tableOf(view(stock, orders), "orders")).toBe(orders);
  });

  it("has to be named where there are more, and by a key that is there", () => {
    expect(() => tableOf(view(orders, stock), undefined)).toThrow(
      expect.objectContaining({
        code: "RESTORE_NO_TABLE",
        message: "Which table? The service has orders, stock.",
        fix: "--table orders",
      }),
    );
    expect(() => tableOf(view(orders), "order")).toThrow(
      expect.objectContaining({ message: "There is no table order. The service has orders." }),
    );
    expect(() => tableOf(view(), undefined)).toThrow(
      expect.objectContaining({ message: "Which table? The service has none." }),
    );
  });

  it("is none that others look after", () => {
    expect(() => tableOf(view(stock), undefined)).toThrow(
      expect.objectContaining({
        code: "RESTORE_NOT_OURS",
        exitCode: 77,
        message: expect.stringMatching(
          /^stock says existing: true .* Nothing was changed in prod\.$/,
        ),
        fix: expect.stringContaining("ask whoever made it"),
      }),
    );
  });
});
