/** The jobs of the workflows that are generated, as GitHub would vouch for them: as they are, and astray. */
import {
  isUnreadable,
  type Job,
  type JobIdentity,
  jobIdentities,
  type Occasion,
  parseWorkflow,
  type Repository,
  repositoryOf,
  type Workflow,
  workflowFiles,
} from "../../src/pipeline/index.ts";
import type { ServicePlan } from "../../src/plan/index.ts";
import { type Identity, job } from "./identities.ts";

/** A job at the occasion that its workflow is for. */
export interface WorkflowJob {
  /** Such as `deploy-sit / plan`. */
  readonly place: string;
  readonly event: string;
  readonly gate: string | null;
  /** Without it GitHub gives the job no token, and nobody is asked. */
  readonly mayAsk: boolean;
  /** The roles that its steps name. */
  readonly asksFor: readonly string[];
  /** What its token would say, if it got one. */
  readonly identity: Identity;
}

/** How a job has gone astray, and as whom it comes then. */
export interface StrayJob {
  readonly how: string;
  readonly place: string;
  readonly identity: Identity;
}

/** Every job of all workflows, those too that ask for nothing. @param plans of dev, sit and prod */
export function workflowJobs(plans: readonly ServicePlan[]): WorkflowJob[] {
  const repository = repositoryOfAll(plans);
  return eachJob(plans).map(({ workflow, one }) => {
    const own = jobIdentities([{ ...workflow, jobs: [one] }], repository);
    const vouched = vouchFor(workflow, one, repository);
    return {
      place: placeOf(workflow, one),
      event: vouched.claims.event_name ?? "",
      gate: vouched.environment,
      mayAsk: typeof one.permissions === "object" && one.permissions["id-token"] === "write",
      asksFor: own.map(({ roleArn }) => roleArn),
      identity: identityOf(vouched),
    };
  });
}

/** The same jobs on another branch, brought by a pull request, in no environment, and in a fork. */
export function strayJobs(plans: readonly ServicePlan[]): StrayJob[] {
  const repository = repositoryOfAll(plans);
  const { branch: deployed, ids } = repository;
  const fork: Repository = {
    name: `mallory/${repository.name.split("/")[1]}`,
    ...(deployed !== undefined && { branch: deployed }),
    // Names can be the same, numbers never are.
    ...(ids !== undefined && { ids: { owner: "6661", repository: "6662" } }),
  };
  const branch: Occasion = { event: "workflow_dispatch", ref: "refs/heads/feature" };
  const pull: Occasion = { event: "pull_request", ref: "refs/pull/7/merge" };
  return eachJob(plans).flatMap(({ workflow, one }) => {
    const stray = (how: string, ...as: [Job, Repository, Occasion?]): StrayJob => {
      const identity = identityOf(vouchFor(workflow, ...as));
      return { how, place: placeOf(workflow, one), identity };
    };
    const open = { ...one, environment: undefined };
    return [
      stray("started on another branch", one, repository, branch),
      stray("brought by a pull request", one, repository, pull),
      stray("without environment", open, repository),
      stray("without environment, on another branch", open, repository, branch),
      stray("without environment, by a pull request", open, repository, pull),
      stray("in a fork", one, fork),
      stray("in a fork's pull request to itself", one, fork, pull),
    ];
  });
}

function eachJob(plans: readonly ServicePlan[]) {
  const service = `services/${plans[0]?.service}`;
  const files = workflowFiles(plans, { service, installation: ".", toolkitSource: null });
  return files.flatMap(({ path, text }) => {
    const workflow = parseWorkflow(path, text);
    if (isUnreadable(workflow)) throw new Error(workflow.reason);
    return workflow.jobs.map((one) => ({ workflow, one }));
  });
}

/** What GitHub would say of a job, also of one that does not ask. */
function vouchFor(
  workflow: Workflow,
  one: Job,
  repository: Repository,
  occasion?: Occasion,
): JobIdentity {
  const uses = { name: "aws-actions/configure-aws-credentials", ref: "", comment: undefined };
  const steps = one.steps.slice(0, 1).map((step) => ({ ...step, uses, with: {} }));
  const jobs = [{ ...one, steps }];
  // What the clock starts, somebody may start, too: as the same.
  const [identity] = jobIdentities([{ ...workflow, jobs }], repository, occasion);
  if (identity === undefined) throw new Error("a workflow has an occasion");
  return identity;
}

function repositoryOfAll([plan]: readonly ServicePlan[]): Repository {
  const repository = plan && repositoryOf(plan);
  if (!repository) throw new Error("no repository may deploy");
  return repository;
}

function placeOf({ file }: Workflow, { id }: Job): string {
  const [, name = file] = /(pull-request|deploy-\w+|rehearse)\.yml$/.exec(file) ?? [];
  return `${name} / ${id}`;
}

/** Whom it is meant for is stated where it is tested. */
function identityOf({ subject, audience, claims }: JobIdentity): Identity {
  return job(subject, subject, { audience, claims });
}
