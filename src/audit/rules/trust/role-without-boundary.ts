import type { Rule } from "../../rule.ts";
import { unlessUnread } from "../../unread.ts";

export const roleWithoutBoundary: Rule = {
  id: "role-without-boundary",
  severity: "medium",
  means: "a role of the service has no permissions boundary",
  why: "Whoever may change its policies can give it everything.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  checks: {
    account: ({ roles: all }, { environment }) =>
      unlessUnread(all, (roles) =>
        roles
          .filter(({ hasBoundary }) => !hasBoundary)
          .map(({ arn, name }) => ({
            place: { resource: arn },
            evidence: `${name} has none`,
            fix: `lambdakit bootstrap --env ${environment}, and lambdakit deploy --env ${environment}`,
          })),
      ),
  },
};
