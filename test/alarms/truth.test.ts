import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { type AlarmState, prepareAlarm } from "../../src/evaluate/index.ts";
import { type AlarmPlan, planService } from "../../src/plan/index.ts";
import { productManifest, productPlan } from "../product-plan.ts";
import { figuresOf, type TruthCase } from "./minutes.ts";
import { isFilled, mutantsOf } from "./mutants.ts";
import { truthCases } from "./truth-cases.ts";

/**
 * With a function that may run twenty times at once: else no alarm looks at that. And with two tables, so that one of
 * them may be backed up while the other is not.
 */
const limited = planService(
  productManifest({
    functions: {
      ...product.functions,
      get: { ...product.functions.get, reservedConcurrency: 20 },
    },
    tables: {
      ...product.tables,
      more: { ...product.tables?.products, name: "more-{environment}", variable: "MORE" },
    },
  }),
  "prod",
);

describe.each(limited.alarms.map((alarm) => [alarm.name, alarm] as const))("%s", (_, alarm) => {
  const cases = truthCases(alarm);

  it("fires when it should, and is quiet when it should", () => {
    const wrong = cases.filter((one) => stateOf(alarm, one) !== one.state);
    expect(wrong.map(({ what, state }) => `${what}: should be ${state}`)).toEqual([]);
    expect(new Set(cases.map(({ state }) => state))).toEqual(new Set(["ALARM", "OK"]));
  });

  it("would be noticed, were any one thing about it otherwise", () => {
    const mutants = mutantsOf(alarm);
    const surviving = mutants.filter((mutant) =>
      cases.every((one) => stateOf(mutant.alarm, one) === one.state),
    );
    expect(surviving.map(({ what }) => what)).toEqual([]);
    expect(mutants.length).toBeGreaterThan(15);
  });

  // AWS's pages contradict each other on whether such an alarm keeps its state, whatever it is told.
  it.runIf(countsMissing(alarm))("needs no word of what missing data means", () => {
    expect(isFilled(alarm)).toBe(true);
    for (const missingData of ["missing", "ignore", "breaching"]) {
      const other = { ...alarm, missingData } as unknown as AlarmPlan;
      expect(cases.filter((one) => stateOf(other, one) !== one.state)).toEqual([]);
    }
  });
});

describe("the alarms of the Product service", () => {
  const plan = productPlan("prod");

  it("are all looked at, of every kind", () => {
    expect(new Set(limited.alarms.map(({ kind }) => kind)).size).toBe(11);
    // Three for each of the five functions, and two for the authorizer, which fails on purpose.
    expect(plan.alarms).toHaveLength(24);
  });

  it("tell somebody of three requests in five minutes that all fail, in the morning at least", () => {
    const minutes = Array.from({ length: 120 }, (_, at) => {
      const is = at % 5 < 3;
      return is ? { "5XXError": [1], Count: [1] } : {};
    });
    const firing = plan.alarms.filter(
      (alarm) =>
        alarm.kind.startsWith("api-") &&
        stateOf(alarm, { what: "", minutes, state: "ALARM" }) === "ALARM",
    );
    expect(firing.map(({ kind, severity }) => [kind, severity])).toEqual([
      ["api-error-budget", "ticket"],
    ]);
  });
});

/** Over metrics that nothing is reported of where nothing happens. */
function countsMissing({ kind }: AlarmPlan): boolean {
  return /^(?:table|backup)-/.test(kind);
}

/** An alarm that CloudWatch would refuse is in no state that anybody wants. */
function stateOf(alarm: AlarmPlan, { minutes, current }: TruthCase): AlarmState | "refused" {
  let evaluate: ReturnType<typeof prepareAlarm>;
  try {
    evaluate = prepareAlarm(alarm);
  } catch {
    return "refused";
  }
  const figures = figuresOf(alarm, minutes);
  const state = evaluate(figures, current).state;
  // Whichever of AWS's pages is right: see below.
  if (!countsMissing(alarm)) return state;
  const kept = prepareAlarm({ ...alarm, missingData: "ignore" } as unknown as AlarmPlan)(
    figures,
    current,
  ).state;
  return kept === state ? state : "refused";
}
