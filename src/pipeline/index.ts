/**
 * The way from a pull request to production, as workflows of GitHub Actions.
 *
 * Takes the plans of a service and where it stands in its repository; and workflows as they lie on disk.
 * Gives the workflows' text, what is wrong with those on disk, and who asks AWS for which role. Its one rule:
 * what checks a workflow does not know how it was written.
 */
export { checkPipeline } from "./check/check-pipeline.ts";
export { type Finding, type FindingId, findingMeanings } from "./check/finding.ts";
export { ejectedWorkflowFiles } from "./ejected/workflow-files.ts";
export { type JobIdentity, jobIdentities, type Occasion } from "./identity/job-identities.ts";
export { type Repository, repositoryOf, subjectClaim } from "./identity/subject-claim.ts";
export { type PinnedAction, pinnedActions } from "./pinned-actions.ts";
export { isUnreadable, parseWorkflow, type Unreadable } from "./read/parse-workflow.ts";
export type { Job, Permissions, Step, Workflow } from "./read/workflow.ts";
export { type ServiceRole, serviceRoles } from "./service-roles.ts";
export type { RepositorySite } from "./site.ts";
export {
  generatedMark,
  type WorkflowFile,
  workflowFiles,
  workflowFolder,
  workflowNames,
  workflowPath,
} from "./workflow-files.ts";
