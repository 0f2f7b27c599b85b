import { expect, it } from "vitest";
import { payingPlan } from "../../../test/paying-service.ts";
import { permissionsOf } from "../../plan/index.ts";
import { auditText } from "./audit-text.ts";

it("a secret that no test reads is taken out as a whole", () => {
  const plan = payingPlan();
  const permissions = plan.functions
    .flatMap(permissionsOf)
    .filter(({ from }) => from.includes("secrets"))
    .map((one) => ({ ...one, verdict: "unused" as const, tests: [], reason: null }));
  const text = auditText(
    plan,
    { permissions, runs: 1 },
    { columns: 200, color: false, unicode: true },
  );
  const fixes = text.split("\n").filter((line) => line.includes("fix:"));
  const fixOf = (place: string) =>
    `  fix: take ${place} out of service.ts, or write a test that fails without it`;
  expect(fixes).toEqual([
    fixOf("functions.pay.secrets[0]"),
    fixOf("functions.pay.secrets[0]"),
    fixOf("functions.pay.secrets[1]"),
  ]);
});
