import { describe, expect, it } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import { tellUnheard } from "./unheard.ts";

const plan = productPlan("prod");
const who = ["mailto:team@example.com"];

describe("whether anybody hears of alarms", () => {
  it.each([
    [{ page: [], ticket: [] }, ["No alarm of prod reaches anybody"]],
    [{ page: [], ticket: who }, ["No alarm of prod wakes anybody"]],
    [{ page: who, ticket: [] }, ["Of alarms of prod that wake nobody, nobody hears"]],
    [{ page: who, ticket: who }, []],
  ])("is said where somebody is missing: %j", (notify, expected) => {
    expect(said({ ...plan, notify })).toEqual(expected);
  });

  it("is no matter where there are no alarms", () => {
    expect(said({ ...plan, alarms: [] })).toEqual([]);
  });

  function said(of: typeof plan): string[] {
    const lines: string[] = [];
    tellUnheard(of, { err: (text) => lines.push(text) });
    for (const line of lines) expect(line).toContain("environments.prod.notify in service.ts");
    return lines.map((line) => line.split(":")[0] ?? "");
  }
});
