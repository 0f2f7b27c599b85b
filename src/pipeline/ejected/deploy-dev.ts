import type { ServicePlan } from "../../plan/index.ts";
import { retentionDays } from "../retention.ts";
import { baseOf, closed, oneAtATime } from "../write/base.ts";
import { keep } from "../write/steps.ts";
import { expression, type WorkflowModel } from "../write/workflow-model.ts";
import { groundOf, testJob } from "./ground.ts";

/** After a merge: tested once more, built once and for all, and deployed to dev. */
export function deployDev(dev: ServicePlan): WorkflowModel {
  const { service } = baseOf(dev);
  const { job, branch, steps } = groundOf(dev, "deploy");
  return {
    name: `${service}: deploy to dev`,
    on: { push: { branches: [dev.deployment.branch] } },
    permissions: closed.permissions,
    concurrency: oneAtATime(service, "dev"),
    defaults: closed.defaults,
    jobs: {
      test: testJob(dev),
      deploy: {
        name: "Deploy",
        needs: "test",
        if: branch,
        ...job,
        steps: [
          ...steps,
          {
            name: "Deploy",
            env: { SERVICE_URL: expression("vars.SERVICE_URL") },
            run: 'npm run deploy -- dev\necho "$GITHUB_SHA" > build/commit\n',
          },
          keep(`${service}-dev`, "the zips, which dev has proven", "build", retentionDays.prod),
        ],
      },
    },
  };
}
