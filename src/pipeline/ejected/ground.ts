import type { ServicePlan } from "../../plan/index.ts";
import { onBranch, serviceRoles } from "../service-roles.ts";
import { baseOf } from "../write/base.ts";
import {
  checkOut,
  install,
  installQuietly,
  setUpNode,
  setUpTerraform,
  takeOn,
} from "../write/steps.ts";
import type { JobModel, StepModel } from "../write/workflow-model.ts";

/** The service is its repository: others are not ejected. */
const site = { service: ".", installation: ".", toolkitSource: null } as const;

/** Everything that can be found wrong without an account. */
export function testJob(plan: ServicePlan): JobModel {
  const { service, runner, runtime } = baseOf(plan);
  return {
    name: `Test ${service}`,
    "runs-on": runner,
    "timeout-minutes": 30,
    permissions: { contents: "read" },
    steps: [checkOut, setUpNode(runtime), install(site), { name: "Test", run: "npm test" }],
  };
}

/**
 * What every job stands on that asks AWS for a role.
 *
 * @param commit an expression, where it is not the one that started the run
 */
export function groundOf(plan: ServicePlan, purpose: "plan" | "deploy", commit?: string) {
  const { runner, runtime } = baseOf(plan);
  const role = serviceRoles(plan)[purpose];
  const checkedOut: StepModel =
    commit === undefined ? checkOut : { ...checkOut, with: { ...checkOut.with, ref: commit } };
  return {
    job: {
      "runs-on": runner,
      "timeout-minutes": purpose === "plan" ? 20 : 60,
      environment: role.gate,
      permissions: { contents: "read", "id-token": "write" },
    },
    branch: onBranch(plan),
    steps: [
      checkedOut,
      setUpNode(runtime),
      setUpTerraform,
      installQuietly(site),
      takeOn(role, plan.accountId, plan.region),
    ],
  } as const satisfies {
    readonly job: Partial<JobModel>;
    readonly branch: string;
    readonly steps: readonly StepModel[];
  };
}
