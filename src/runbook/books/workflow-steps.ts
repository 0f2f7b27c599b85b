import { workflowPath } from "../../pipeline/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { RunbookStep } from "../runbook.ts";
import { byHand, change, look } from "../step.ts";

type DeployWorkflow = "deploy-dev" | "deploy-sit" | "deploy-prod";

/** `product-deploy-sit.yml` */
export function workflowFile({ service, environment }: ServicePlan): string {
  const name: DeployWorkflow = `deploy-${environment}`;
  return workflowPath(service, name).split("/").at(-1) ?? "";
}

/** Starts the workflow of an environment that is deployed to by hand. */
export function runWorkflow(plan: ServicePlan, repository: string): RunbookStep {
  const { approval, deployment } = plan;
  const fields = [
    ...(approval.confirmation === null ? [] : [`--field confirmation=${approval.confirmation}`]),
    ...(approval.reasonRequired ? ['--field reason="..."'] : []),
  ];
  return change({
    id: "start-workflow",
    what: "Start the workflow. Reviewers are asked before it deploys, and see its plan.",
    command: [
      `gh workflow run ${workflowFile(plan)} --repo ${addressOf(repository)} --ref ${deployment.branch}`,
      ...fields,
    ].join(" "),
    check: "`gh` says that the run was created.",
    otherwise:
      "`gh auth status` says who you are. Without `gh`: Actions, the workflow, *Run workflow*.",
  });
}

/** The last runs of an environment's workflow. */
export function lastRuns(plan: ServicePlan, repository: string): RunbookStep {
  return look({
    id: "runs",
    what: "See how the last runs ended.",
    command: `gh run list --workflow ${workflowFile(plan)} --repo ${addressOf(repository)} --limit 5`,
    check: "The newest one has `completed` and `success`.",
    otherwise: "`gh run view ID --log-failed` shows what the failed step has said.",
  });
}

/** Somebody waits for a run, and may have to choose which. */
export function watchRun(repository: string): RunbookStep {
  return byHand({
    id: "watch",
    what: "Follow a run to its end. It asks which.",
    command: `gh run watch --repo ${addressOf(repository)}`,
    check: "Its last job has ended well. The summary names the release that is live.",
    otherwise:
      "A job that waits has a reviewer to be asked; one that failed says why in its last lines.",
  });
}

/** `acme/shop`: ids, which a repository may be told apart by, are no part of its address. */
export function addressOf(repository: string): string {
  return repository.replaceAll(/@\d+/g, "");
}
