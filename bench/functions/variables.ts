import { tableAccess } from "../../src/dev/local-variables.ts";
import type { FunctionPlan, ServicePlan } from "../../src/plan/index.ts";
import type { Variant } from "./variant.ts";

/** A function's variables: its own, Lambda's, and those that lead an AWS SDK to an endpoint of ours. */
export function functionVariables(
  plan: Pick<ServicePlan, "region">,
  lambda: FunctionPlan,
  { endpoint, certificate }: { readonly endpoint: string; readonly certificate?: string },
): Record<string, string> {
  return {
    ...lambda.environmentVariables,
    ...tableAccess(plan.region, endpoint),
    AWS_EXECUTION_ENV: `AWS_Lambda_${lambda.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: lambda.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    ...(certificate === undefined
      ? {}
      : { NODE_EXTRA_CA_CERTS: certificate, AWS_CA_BUNDLE: certificate }),
  };
}

/** What a variant finds around it. */
export function variablesOf(
  variant: Variant,
  variables: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  return {
    ...variables,
    // The Product service primes only where Lambda says how it initialises.
    ...(variant.primed === false && { AWS_LAMBDA_INITIALIZATION_TYPE: undefined }),
    LAMBDA_TASK_ROOT: variant.taskRoot,
    _HANDLER: variant.handler,
  };
}
