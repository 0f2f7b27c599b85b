import type { PolicyStatement } from "../../../evaluate/index.ts";
import type { Found } from "../../finding.ts";
import type { Rule } from "../../rule.ts";
import { serviceFile } from "../../service-file.ts";
import { wildcardsInTerraform } from "../../terraform/policies.ts";
import { unlessUnread } from "../../unread.ts";
import { listOf, wildcardsOf } from "../../wildcards.ts";

export const wildcardPermission: Rule = {
  id: "wildcard-permission",
  severity: "high",
  means: "a role may do everything, or do something to everything",
  why: "Whoever takes over one function has all of that, in services too that it has nothing to do with.",
  source: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21",
  checks: {
    files: (facts, subject) => {
      const fix = "name the actions that the function calls, and the ARNs that it calls them on";
      const inPlans = subject.plans.flatMap((plan) =>
        plan.functions.flatMap(({ key, role }) =>
          role.statements.flatMap(({ actions, resources, from }) =>
            wildcardsOf({ Effect: "Allow", Action: actions, Resource: resources }).map((what) => ({
              place: serviceFile(facts, subject, from.split(".").at(-1) ?? ""),
              evidence: `${key} may do ${what}`,
              fix,
            })),
          ),
        ),
      );
      return [...inPlans, ...wildcardsInTerraform(facts, subject).map((one) => ({ ...one, fix }))];
    },
    account: ({ roles: all }) =>
      unlessUnread(all, (roles) =>
        roles.flatMap(({ arn, policies }) =>
          policies.flatMap(({ name, document }) =>
            listOf(document.Statement as PolicyStatement | readonly PolicyStatement[]).flatMap(
              (one) =>
                wildcardsOf(one).map(
                  (what): Found => ({
                    place: { resource: arn },
                    evidence: `${name} allows ${what}`,
                    fix: "lambdakit deploy, where the role is the service's; else name actions and ARNs in the policy",
                  }),
                ),
            ),
          ),
        ),
      ),
  },
};
