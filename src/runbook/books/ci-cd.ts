import { workflowNames, workflowPath } from "../../pipeline/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { FactTable, Runbook, RunbookSection } from "../runbook.ts";
import { byHand, look } from "../step.ts";
import { usualSteps } from "../usual-steps.ts";
import { troubles } from "./troubles.ts";
import { addressOf, lastRuns, runWorkflow, watchRun, workflowFile } from "./workflow-steps.ts";

/** How a change comes from a pull request to an environment, by GitHub Actions. */
export function ciCdRunbook(plans: readonly ServicePlan[], plan: ServicePlan): Runbook {
  const { service, environment, deployment } = plan;
  const { repository } = deployment;
  return {
    name: "ci-cd",
    title: `CI/CD of ${service}`,
    purpose: `Says how a change of ${service} comes from a pull request to production, and what to do where it does not.`,
    environment,
    sections: [
      {
        id: "overview",
        title: "Overview",
        facts: [
          repository === null
            ? "`service.ts` names no repository, so that no workflow is derived and none may deploy. Name one, then `lambdakit generate`."
            : `A change is built once, when it comes to ${plans[0]?.environment}. Every other environment gets those bytes, by their digests. The workflows are derived from \`service.ts\`: they run the commands that a laptop runs.`,
          ...(repository === null ? [] : [architecture(plans, repository)]),
        ],
        procedure: null,
      },
      stages(plan),
      ...(repository === null ? [] : [procedures(plan, repository), monitoring(plan, repository)]),
      troubleshooting(plan),
      {
        id: "rollback",
        title: "Rollback",
        facts: ["No workflow is needed for it, and none is quicker."],
        procedure: {
          see: "A release is live that should not be.",
          means:
            "Callers are led back in seconds. The commit is reverted afterwards, in the usual way.",
          isRoutine: false,
          steps: [
            usualSteps(plan).rollbackPreview,
            usualSteps(plan).rollback,
            byHand({
              id: "revert",
              what: "Revert the commit in a pull request: else the next merge brings it again.",
              check: "It is merged.",
              otherwise: "Say in the channel of the team that nothing is to be merged.",
            }),
          ],
          escalate: "Where the release before is bad as well.",
        },
      },
      {
        id: "practices",
        title: "Good practice",
        facts: [
          "Merge small changes. Look at what the pull request's comment says would change, and what it costs. Promote what has been in the environment before for a day. Do not edit derived workflows: take the first two lines away, and they are yours, and are checked all the same. No key of AWS is stored at GitHub.",
        ],
        procedure: null,
      },
    ],
  };
}

function architecture(plans: readonly ServicePlan[], repository: string): FactTable {
  const [dev] = plans;
  const address = `https://github.com/${addressOf(repository)}/actions/workflows`;
  const link = (file: string) => `[${file}](${address}/${file})`;
  const pull =
    workflowPath(dev?.service ?? "", workflowNames[0])
      .split("/")
      .at(-1) ?? "";
  return {
    head: ["Workflow", "Starts at", "Role", "Who is asked"],
    rows: [
      [
        link(pull),
        `a pull request for \`${dev?.deployment.branch}\``,
        `\`${dev?.deployment.planRole}\`, which only looks`,
        "nobody",
      ],
      ...plans.map((plan) => [
        link(workflowFile(plan)),
        plan.deployment.previous === null && plan.approval.confirmation === null
          ? `a push to \`${plan.deployment.branch}\``
          : `somebody, who types ${[plan.approval.confirmation === null ? "" : `\`${plan.approval.confirmation}\``, plan.approval.reasonRequired ? "why" : ""].filter(Boolean).join(" and ")}`,
        `\`${plan.deployment.deployRole}\``,
        plan.deployment.previous === null
          ? "nobody"
          : `reviewers of the GitHub environment \`${plan.environment}\``,
      ]),
    ],
  };
}

/** What the workflows run, as it is run on a laptop. */
function stages(plan: ServicePlan): RunbookSection {
  const { environment, deployment } = plan;
  const { previous } = deployment;
  const { derived, audit } = usualSteps(plan);
  return {
    id: "stages",
    title: "The stages, on a laptop",
    facts: [],
    procedure: {
      see: "You want to know whether the pipeline will pass, or why it did not.",
      means: "These are the commands that it runs, in its order.",
      isRoutine: true,
      steps: [
        ...(previous === null
          ? [
              look({
                id: "install",
                what: "Install exactly the packages of the lock file.",
                command: "npm ci",
                check: "No error.",
                otherwise: "`npm install`, and commit the lock file.",
              }),
              look({
                id: "test",
                what: "Run the tests.",
                command: "npm test",
                check: "All pass.",
                otherwise: "The first failure counts.",
              }),
            ]
          : []),
        derived,
        audit,
        previous === null
          ? look({
              id: "plan",
              what: "See what would change. It is what the comment of a pull request says.",
              command: `lambdakit plan --env ${environment}`,
              check: "Only what the change is about.",
              otherwise: "Find the line with `lambdakit explain`.",
              passes: [0, 2],
            })
          : look({
              id: "plan",
              what: "See what the promotion would change. It is what reviewers see.",
              command: `lambdakit promote --from ${previous.environment} --to ${environment} --dry-run`,
              check: "The release is the one that was tested.",
              otherwise: `\`RELEASE_NOT_PROVEN\`: \`lambdakit verify --env ${previous.environment}\`.`,
              passes: [0, 2],
            }),
      ],
      escalate: "Where it passes here and not there: compare the versions of Node.js.",
    },
  };
}

function procedures(plan: ServicePlan, repository: string): RunbookSection {
  const { environment, deployment } = plan;
  return {
    id: "deploy",
    title: "Deploying",
    facts: [],
    procedure: {
      see:
        deployment.previous === null
          ? "A pull request is ready."
          : `A release is to come to ${environment}.`,
      means:
        "What was shown is what is applied: the plan's digest goes from the job that plans to the job that deploys.",
      isRoutine: false,
      steps:
        deployment.previous === null
          ? [
              byHand({
                id: "merge",
                what: `Merge it into \`${deployment.branch}\`.`,
                check: "The workflow starts by itself.",
                otherwise: "It touches nothing of the service: then there is nothing to deploy.",
              }),
              watchRun(repository),
            ]
          : [runWorkflow(plan, repository), watchRun(repository)],
      escalate: "Where a reviewer is asked for something that nobody has announced: refuse.",
    },
  };
}

function monitoring(plan: ServicePlan, repository: string): RunbookSection {
  return {
    id: "monitoring",
    title: "Watching deployments",
    facts: [],
    procedure: {
      see: "Something is being deployed, or should have been.",
      means: "GitHub says how the run ended, lambdakit says what is live.",
      isRoutine: false,
      steps: [lastRuns(plan, repository), { ...usualSteps(plan).history, id: "deployments" }],
      escalate: "Where both disagree: what is live counts.",
    },
  };
}

function troubleshooting({ environment, deployment }: ServicePlan): RunbookSection {
  return {
    id: "troubleshooting",
    title: "Troubleshooting",
    facts: [
      troubles([
        [
          "Generated files differ",
          "`service.ts` was changed without them",
          "`lambdakit generate`, and commit",
        ],
        ["A finding of `audit`", "something lets others in", "each has its `fix:`"],
        [
          "`Not authorized to perform sts:AssumeRoleWithWebIdentity`",
          `the role \`${deployment.deployRole}\` does not trust this repository, branch or environment`,
          `an administrator runs \`lambdakit bootstrap --env ${environment}\``,
        ],
        [
          "`RELEASE_PLAN_CHANGED`",
          "something has changed since the plan was approved",
          "start the workflow again",
        ],
        [
          "A job waits",
          "a reviewer was asked",
          `ask them; who they are: the settings of the environment \`${environment}\` at GitHub`,
        ],
        [
          "The run was cancelled half-way",
          "the environment is held by what was begun",
          `\`lambdakit releases history --env ${environment}\`, then run the workflow again: it carries on`,
        ],
      ]),
    ],
    procedure: null,
  };
}
