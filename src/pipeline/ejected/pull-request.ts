import type { ServicePlan } from "../../plan/index.ts";
import { baseOf, closed } from "../write/base.ts";
import { fromHere } from "../write/pull-request.ts";
import { expression, type WorkflowModel } from "../write/workflow-model.ts";
import { groundOf, testJob } from "./ground.ts";
import { planStep } from "./plan-step.ts";

/** Before a change is merged: its tests, and what it would do to dev. */
export function pullRequest(dev: ServicePlan): WorkflowModel {
  const { service } = baseOf(dev);
  const { job, steps } = groundOf(dev, "plan");
  return {
    name: `${service}: pull request`,
    on: { pull_request: { branches: [dev.deployment.branch] } },
    permissions: closed.permissions,
    concurrency: {
      group: `${service}-pull-request-${expression("github.event.pull_request.number")}`,
      "cancel-in-progress": true,
    },
    defaults: closed.defaults,
    jobs: {
      test: testJob(dev),
      plan: {
        note: "Runs what the pull request brings, and so gets a role that can change nothing.",
        name: "Plan",
        if: fromHere,
        ...job,
        steps: [...steps, { name: "Build", run: "npm run build" }, planStep("dev")],
      },
    },
  };
}
