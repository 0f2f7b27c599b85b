import { describe, expect, it } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import { tellUnheard } from "./unheard.ts";

const plan = productPlan("prod");
const who = ["mailto:team@example.com"];

describe("whether anybody hears of alarms", () => {
  it.each([
    [{ page: [], ticket: [] }, ["Nobody hears of alarms"]],
    [{ page: [], ticket: who }, ["Alarms wake nobody"]],
    [{ page: who, ticket: [] }, ["Nobody reads tickets"]],
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
    for (const line of lines)
      expect(line).toMatch(/^.{1,52} environments\.prod\.notify\S* in service\.ts is empty$/);
    return lines.map((line) => line.split(":")[0] ?? "");
  }
});
