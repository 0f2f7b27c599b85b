import type { ServicePlan } from "../../plan/index.ts";
import { type WorkflowFile, workflowPath } from "../workflow-files.ts";
import { writeWorkflow } from "../write/write-workflow.ts";
import { deployDev } from "./deploy-dev.ts";
import { promote } from "./promote.ts";
import { pullRequest } from "./pull-request.ts";

/**
 * The workflows of a service that has left lambdakit: the same way with the same roles, by npm's scripts. From
 * then on they are the team's own, and nothing derives them. None where the manifest names no repository.
 *
 * @param plans of dev, sit and prod
 */
export function ejectedWorkflowFiles(plans: readonly ServicePlan[]): readonly WorkflowFile[] {
  const [dev, sit, prod] = plans;
  if (!dev?.deployment.repository || sit === undefined || prod === undefined) return [];
  const path = (name: Parameters<typeof workflowPath>[1]) => workflowPath(dev.service, name);
  return [
    { path: path("pull-request"), text: writeWorkflow([], pullRequest(dev)) },
    { path: path("deploy-dev"), text: writeWorkflow([], deployDev(dev)) },
    { path: path("deploy-sit"), text: writeWorkflow([], promote(dev, sit)) },
    { path: path("deploy-prod"), text: writeWorkflow([], promote(sit, prod)) },
  ];
}
