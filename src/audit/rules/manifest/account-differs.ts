import type { FunctionPlan } from "../../../plan/index.ts";
import type { AccountFunction } from "../../account-facts.ts";
import type { Rule } from "../../rule.ts";
import { isUnread } from "../../unread.ts";

export const accountDiffers: Rule = {
  id: "account-differs",
  severity: "medium",
  means: "what is deployed is not what follows from service.ts",
  why: "Somebody has changed it by hand, or service.ts was never deployed: what was reviewed is not what runs.",
  source:
    "https://docs.aws.amazon.com/wellarchitected/latest/framework/ops_dev_integ_version_control.html",
  checks: {
    account: ({ functions, tables }, plan) => {
      if (isUnread(functions)) return functions;
      if (isUnread(tables)) return tables;
      const fix = `lambdakit status --env ${plan.environment} --drift, then lambdakit deploy --env ${plan.environment}`;
      const different = plan.functions.flatMap((wanted) => {
        const there = functions.find(({ name }) => name === wanted.name);
        const differences = there === undefined ? ["is not there"] : differencesOf(wanted, there);
        return differences.map((what) => ({
          place: { resource: wanted.arn },
          evidence: `${wanted.name} ${what}`,
          fix,
        }));
      });
      const missing = plan.tables
        .filter(({ name }) => !tables.some((one) => one.name === name))
        .map(({ arn, name }) => ({
          place: { resource: arn },
          evidence: `${name} is not there`,
          fix,
        }));
      return [...different, ...missing];
    },
  },
};

function differencesOf(wanted: FunctionPlan, there: AccountFunction): string[] {
  const pairs = [
    ["runtime", wanted.runtime, there.runtime],
    ["memory in MB", wanted.memoryMb, there.memoryMb],
    ["timeout in seconds", wanted.timeoutSeconds, there.timeoutSeconds],
    [
      "variables",
      Object.keys(wanted.environmentVariables).sort().join(", "),
      [...there.variables].sort().join(", "),
    ],
  ] as const;
  return pairs
    .filter(([, one, other]) => one !== other)
    .map(
      ([what, one, other]) => `has ${what} ${other || "none"}, and should have ${one || "none"}`,
    );
}
