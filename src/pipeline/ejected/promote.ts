import type { ServicePlan } from "../../plan/index.ts";
import { retentionDays } from "../retention.ts";
import { workflowPath } from "../workflow-files.ts";
import { baseOf, closed, oneAtATime } from "../write/base.ts";
import { keep } from "../write/steps.ts";
import {
  expression,
  type JobModel,
  type StepModel,
  type WorkflowModel,
} from "../write/workflow-model.ts";
import { groundOf } from "./ground.ts";
import { planStep } from "./plan-step.ts";

/**
 * Brings the zips of a run to the next environment, as they are, with the Terraform of their commit. What would change is shown
 * first; what somebody approves is exactly that, or is refused.
 */
export function promote(from: ServicePlan, to: ServicePlan): WorkflowModel {
  const { service, environment } = to;
  const text = (description: string, required: boolean) => ({
    description,
    required,
    type: "string",
  });
  return {
    name: `${service}: deploy to ${environment}`,
    on: {
      workflow_dispatch: {
        inputs: {
          run: text(
            `The number of the run that deployed to ${from.environment}; left empty, the last one`,
            false,
          ),
          confirmation: text(`Type ${environment}`, true),
        },
      },
    },
    permissions: closed.permissions,
    concurrency: oneAtATime(service, environment),
    defaults: closed.defaults,
    jobs: { find: findJob(from, to), plan: planJob(from, to), deploy: deployJob(from, to) },
  };
}

/** Which run, and of which commit. One of a pull request, or that failed, has proven nothing. */
function findJob(from: ServicePlan, to: ServicePlan): JobModel {
  const { deployment } = from;
  const name = from.environment === "dev" ? "deploy-dev" : "deploy-sit";
  const workflow = workflowPath(from.service, name);
  const started = from.environment === "dev" ? "push" : "workflow_dispatch";
  return {
    name: "Find the zips",
    if: groundOf(to, "plan").branch,
    "runs-on": baseOf(to).runner,
    "timeout-minutes": 5,
    permissions: { actions: "read", contents: "read" },
    outputs: {
      run: expression("steps.find.outputs.run"),
      commit: expression("steps.find.outputs.commit"),
    },
    steps: [
      {
        name: "Find the zips",
        id: "find",
        env: { GH_TOKEN: expression("github.token"), RUN: expression("inputs.run") },
        run: `runs="repos/$GITHUB_REPOSITORY/actions"
if [ -z "$RUN" ]; then
  RUN=$(gh api "$runs/workflows/${workflow.replace(/.*\//, "")}/runs?branch=${deployment.branch}&event=${started}&status=success&per_page=1" --jq '.workflow_runs[0].id')
fi
if ! [[ "$RUN" =~ ^[0-9]+$ ]]; then
  echo '::error::No run of ${workflow} has succeeded.'
  exit 1
fi
found=$(gh api "$runs/runs/$RUN" --jq '[.path, .event, .head_branch, .conclusion] | join(" ")')
if [ "$found" != "${workflow} ${started} ${deployment.branch} success" ]; then
  echo "::error::The run $RUN is no successful one of ${workflow}: $found"
  exit 1
fi
# What sit has proven was built from the commit that dev was deployed from, and not from the one that started sit's run.
gh run download "$RUN" --repo "$GITHUB_REPOSITORY" --name ${from.service}-${from.environment} --dir build
commit=$(cat build/commit)
reviewed=$(gh api "repos/$GITHUB_REPOSITORY/compare/$commit...${deployment.branch}" --jq '.status')
if [ "$reviewed" != ahead ] && [ "$reviewed" != identical ]; then
  echo "::error::The commit $commit is not on ${deployment.branch}: $reviewed"
  exit 1
fi
{ echo "run=$RUN"; echo "commit=$commit"; } >> "$GITHUB_OUTPUT"
`,
      },
    ],
  };
}

function planJob(from: ServicePlan, to: ServicePlan): JobModel {
  const { job, branch, steps } = groundOf(to, "plan", expression("needs.find.outputs.commit"));
  return {
    name: "Plan",
    needs: "find",
    if: branch,
    ...job,
    permissions: { ...job.permissions, actions: "read" },
    outputs: { plan: expression("steps.plan.outputs.plan") },
    steps: [...steps, bring(from), planStep(to.environment)],
  };
}

function deployJob(from: ServicePlan, to: ServicePlan): JobModel {
  const { service, environment } = to;
  const { job, branch, steps } = groundOf(to, "deploy", expression("needs.find.outputs.commit"));
  return {
    note: "Reviewers of the environment are asked before it begins, and see what the plan says.",
    name: "Deploy",
    needs: ["find", "plan"],
    if: branch,
    ...job,
    permissions: { ...job.permissions, actions: "read" },
    steps: [
      ...steps,
      bring(from),
      {
        name: "Deploy",
        env: {
          CONFIRMATION: expression("inputs.confirmation"),
          PLAN: expression("needs.plan.outputs.plan"),
          SERVICE_URL: expression("vars.SERVICE_URL"),
        },
        run: `npm run deploy -- ${environment} --confirm="$CONFIRMATION" --plan="$PLAN"`,
      },
      keep(
        `${service}-${environment}`,
        `the zips, which ${environment} has proven`,
        "build",
        retentionDays.prod,
      ),
    ],
  };
}

function bring(from: ServicePlan): StepModel {
  return {
    name: "Bring the zips",
    env: { GH_TOKEN: expression("github.token"), RUN: expression("needs.find.outputs.run") },
    run: `gh run download "$RUN" --repo "$GITHUB_REPOSITORY" --name ${from.service}-${from.environment} --dir build`,
  };
}
