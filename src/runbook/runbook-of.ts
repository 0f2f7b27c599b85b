import type { EnvironmentName, ServicePlan } from "../plan/index.ts";
import { ciCdRunbook } from "./books/ci-cd.ts";
import { deploymentRunbook } from "./books/deployment.ts";
import { developmentRunbook } from "./books/development.ts";
import { disasterRecoveryRunbook } from "./books/disaster-recovery.ts";
import { operationsRunbook } from "./books/operations.ts";
import type { Runbook, RunbookName } from "./runbook.ts";

/** Where `lambdakit dev` is served, where nobody says otherwise. */
export const usualPort = 3000;

/**
 * A runbook of a service, with the names, numbers and commands of one environment.
 *
 * @param plans of each environment, in the order of a release's way
 * @param environment whose commands they are; of `development` there is one for all
 * @param port where `dev` is served. @default 3000
 */
export function runbookOf(
  name: RunbookName,
  plans: readonly ServicePlan[],
  environment: EnvironmentName,
  port = usualPort,
): Runbook {
  const [first] = plans;
  const plan = plans.find((one) => one.environment === environment);
  if (first === undefined || plan === undefined)
    throw new Error(`There is no plan of ${environment}.`);
  switch (name) {
    case "deployment":
      return deploymentRunbook(plans, plan);
    case "operations":
      return operationsRunbook(plan);
    case "disaster-recovery":
      return disasterRecoveryRunbook(plans, plan);
    case "development":
      return developmentRunbook(first, port);
    case "ci-cd":
      return ciCdRunbook(plans, plan);
  }
}
