/** The roles of workflows as they are derived, without Terraform: roles.test.ts holds them against what it makes. */
import { accountVariables } from "../../src/deploy/index.ts";
import type { TrustPolicy } from "../../src/evaluate/index.ts";
import type { ServicePlan } from "../../src/plan/index.ts";
import { key } from "./mutate.ts";

export interface DerivedRole {
  readonly name: string;
  readonly accountId: string;
  readonly trust: TrustPolicy;
}

/** The roles that plan and deploy; none where no repository may. */
export function derivedRoles(plan: ServicePlan): DerivedRole[] {
  const { accountId } = plan;
  const services = Object.values(accountVariables(plan).services);
  return services.flatMap(({ github }) => {
    if (github === null) return [];
    const role = (name: string, subject: string, more: Readonly<Record<string, string>> = {}) => ({
      name,
      accountId,
      trust: trusting(accountId, { [key("sub")]: subject, ...more }),
    });
    return [
      role(github.plan_role, github.plan_subject),
      role(github.deploy_role, github.deploy_subject, { [key("ref")]: github.deploy_ref }),
    ];
  });
}

/** As `terraform/modules/github-role` has it. */
function trusting(accountId: string, claims: Readonly<Record<string, string>>): TrustPolicy {
  const provider = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: provider },
        Condition: { StringEquals: { [key("aud")]: "sts.amazonaws.com", ...claims } },
      },
    ],
  };
}
