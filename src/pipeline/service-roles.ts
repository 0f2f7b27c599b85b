import { deployRoleName, planRoleName } from "../names.ts";
import type { EnvironmentName, ServicePlan } from "../plan/index.ts";

/** A role that a workflow takes on, and the GitHub environment that its job has to stand in for it. */
export interface ServiceRole {
  readonly arn: string;
  readonly purpose: "plan" | "deploy";
  readonly environment: EnvironmentName;
  /** Such as `prod`, or `prod-plan`: GitHub asks its reviewers, and writes it into the job's token. */
  readonly gate: string;
}

/** The roles of a service in one environment: one may look, the other may change. */
export function serviceRoles({ service, environment, accountId, deployment }: ServicePlan) {
  const arn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
  return {
    plan: {
      arn: arn(planRoleName(deployment.prefix, service, environment)),
      purpose: "plan",
      environment,
      gate: `${environment}-plan`,
    },
    deploy: {
      arn: arn(deployRoleName(deployment.prefix, service, environment)),
      purpose: "deploy",
      environment,
      gate: environment,
    },
  } as const satisfies Record<string, ServiceRole>;
}
