import type { Rule } from "../../rule.ts";
import { serviceFile } from "../../service-file.ts";

export const sharedAccount: Rule = {
  id: "shared-account",
  severity: "medium",
  means: "production shares its account with another environment",
  why: "An account is the only wall that every permission stops at: a mistake in dev reaches production's tables.",
  source:
    "https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/benefits-of-using-multiple-aws-accounts.html",
  checks: {
    files: (facts, subject) => {
      const prod = subject.plans.find(({ environment }) => environment === "prod");
      return subject.plans
        .filter((plan) => plan !== prod && plan.accountId === prod?.accountId)
        .map(({ environment, accountId }) => ({
          place: serviceFile(facts, subject, accountId),
          evidence: `${environment} and prod are both in ${accountId}`,
          fix: `write another accountId for ${environment} in service.ts`,
        }));
    },
  },
};
