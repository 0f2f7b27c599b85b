import type { ServicePlan } from "../../plan/index.ts";
import { retentionDays } from "../retention.ts";
import { onBranch, serviceRoles } from "../service-roles.ts";
import type { RepositorySite } from "../site.ts";
import { type Approval, approvalOf } from "./approval.ts";
import { baseOf, closed, oneAtATime } from "./base.ts";
import { changesMarkdown } from "./changes-markdown.ts";
import { checkOut, installQuietly, keep, setUpNode, setUpTerraform, takeOn } from "./steps.ts";
import { workIn } from "./test-job.ts";
import { expression, type JobModel, type StepModel, type WorkflowModel } from "./workflow-model.ts";

/**
 * Brings a release that is live in one environment to the next one, as it is: nothing is built. What would
 * change is shown first; what somebody approves is exactly that, or is refused.
 */
export function promote(from: string, to: ServicePlan, site: RepositorySite): WorkflowModel {
  const { service, environment } = to;
  const approval = approvalOf(to, baseOf(to).runner);
  const plan = planJob(from, to, site);
  const deploy = deployJob(from, to, site, approval);
  const release = {
    description: `The release to promote; left empty, the one that is live in ${from}`,
    required: false,
    type: "string",
  };
  return {
    name: `${service}: deploy to ${environment}`,
    on: { workflow_dispatch: { inputs: { release, ...approval.inputs } } },
    permissions: closed.permissions,
    concurrency: oneAtATime(service, environment),
    defaults: closed.defaults,
    jobs:
      approval.job === null
        ? { plan, deploy }
        : { confirm: approval.job, plan: { ...plan, needs: "confirm" }, deploy },
  };
}

/** Both jobs stand on the same ground; only their roles differ. */
function groundOf(to: ServicePlan, site: RepositorySite, purpose: "plan" | "deploy") {
  const { runner, runtime } = baseOf(to);
  const role = serviceRoles(to)[purpose];
  return {
    job: {
      if: onBranch(to),
      "runs-on": runner,
      "timeout-minutes": purpose === "plan" ? 20 : 60,
      environment: role.gate,
      permissions: { contents: "read", "id-token": "write" },
    },
    steps: [
      checkOut,
      setUpNode(runtime),
      setUpTerraform,
      installQuietly(site),
      takeOn(role, to.accountId, to.region),
    ],
  } as const satisfies { job: Partial<JobModel>; steps: readonly StepModel[] };
}

function planJob(from: string, to: ServicePlan, site: RepositorySite): JobModel {
  const { service, environment } = to;
  const { job, steps } = groundOf(to, site, "plan");
  const heading = `"### ${service}: what release \\(.release) changes in ${environment}", "", "Plan \\(.planDigest)"`;
  return {
    name: "Plan",
    ...job,
    outputs: {
      release: expression("steps.plan.outputs.release"),
      plan: expression("steps.plan.outputs.plan"),
    },
    ...workIn(site),
    steps: [
      ...steps,
      {
        note: "2 says that something would change, which is no failure.",
        name: "Plan",
        id: "plan",
        env: { RELEASE: expression("inputs.release") },
        run: `npx lambdakit promote --from ${from} --to ${environment} \${RELEASE:+--release="$RELEASE"} --dry-run --json |
  tee "$RUNNER_TEMP/plan.json" || test $? -eq 2
jq --raw-output '"release=\\(.release)", "plan=\\(.planDigest)"' "$RUNNER_TEMP/plan.json" >> "$GITHUB_OUTPUT"
`,
      },
      {
        name: "Show what would change",
        run: `${changesMarkdown(heading)} "$RUNNER_TEMP/plan.json" >> "$GITHUB_STEP_SUMMARY"\n`,
      },
      keep(
        `${service}-${environment}-plan`,
        "the plan",
        `${expression("runner.temp")}/plan.json`,
        retentionDays[environment],
      ),
    ],
  };
}

function deployJob(
  from: string,
  to: ServicePlan,
  site: RepositorySite,
  approval: Approval,
): JobModel {
  const { service, environment } = to;
  const { job, steps } = groundOf(to, site, "deploy");
  return {
    note: "Reviewers of the environment are asked before it begins, and see what the plan says.",
    name: "Deploy",
    needs: "plan",
    ...job,
    ...workIn(site),
    steps: [
      ...steps,
      {
        name: "Promote",
        env: {
          LAMBDAKIT_URL: expression("vars.LAMBDAKIT_URL"),
          ...approval.variables,
          PLAN: expression("needs.plan.outputs.plan"),
          RELEASE: expression("needs.plan.outputs.release"),
        },
        run: `npx lambdakit promote --from ${from} --to ${environment} --release="$RELEASE" --plan="$PLAN" \\
  ${approval.options}--json | tee "$RUNNER_TEMP/promotion.json"
`,
      },
      ...standbySteps(to, approval),
      {
        name: "Say which release is live",
        env: { RELEASE: expression("needs.plan.outputs.release") },
        run: `echo "### ${service}, ${environment}: release \\\`$RELEASE\\\`" >> "$GITHUB_STEP_SUMMARY"\n`,
      },
      keep(
        `${service}-${environment}-promotion`,
        "what was done",
        `${expression("runner.temp")}/promotion.json`,
        retentionDays[environment],
      ),
    ],
  };
}

/** What is lost with its region is served by what stands by: by the same release. */
function standbySteps(
  { environment, recovery }: ServicePlan,
  approval: Approval,
): readonly StepModel[] {
  if (recovery.standby === null) return [];
  return [
    {
      note: "No caller is led there: that is lambdakit dr failover.",
      name: `Bring it to ${recovery.standby.region}, which stands by`,
      env: approval.variables,
      run: `npx lambdakit dr standby --env ${environment} \\
  ${approval.options}--json | tee "$RUNNER_TEMP/standby.json"
`,
    },
  ];
}
