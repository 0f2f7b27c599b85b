import type { EnvironmentFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** What Terraform would change, where it was asked. */
export function driftFindings({ drift, plan }: EnvironmentFacts): Finding[] {
  return (drift ?? []).map(({ address, action, losesData }) => ({
    id: "stack-differs",
    subject: address,
    message: `Terraform would ${action} it${losesData ? ", and all its data would be lost" : ""}`,
    next: `lambdakit plan --env ${plan.environment}`,
  }));
}
