import { branchRef, planningEnvironment } from "../names.ts";
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
export function serviceRoles({ environment, accountId, deployment }: ServicePlan) {
  const arn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
  return {
    plan: {
      arn: arn(deployment.planRole),
      purpose: "plan",
      environment,
      gate: planningEnvironment(environment),
    },
    deploy: {
      arn: arn(deployment.deployRole),
      purpose: "deploy",
      environment,
      gate: environment,
    },
  } as const satisfies Record<string, ServiceRole>;
}

/** The condition of every job that may change something: what is on the branch was reviewed. */
export function onBranch({ deployment }: ServicePlan): string {
  return `github.ref == '${branchRef(deployment.branch)}'`;
}
