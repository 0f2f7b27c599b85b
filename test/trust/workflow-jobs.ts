/** The jobs of the workflows that are generated, as GitHub would vouch for them: as they are, and astray. */
import {
  isUnreadable,
  type JobIdentity,
  jobIdentities,
  type Occasion,
  parseWorkflow,
  type Repository,
  readRepository,
  type Workflow,
  workflowFiles,
} from "../../src/pipeline/index.ts";
import type { ServicePlan } from "../../src/plan/index.ts";
import { type Identity, job } from "./identities.ts";

const elsewhere: Occasion = { event: "workflow_dispatch", ref: "refs/heads/feature" };

/** Each job that asks for a role, which it may take on and no other. @param plans of dev, sit and prod */
export function workflowJobs(plans: readonly ServicePlan[]): Identity[] {
  const identities = jobIdentities(workflowsOf(plans), repositoryOf(plans));
  return identities.map((one) => identityOf("", one, [roleOf(one)]));
}

/**
 * The same jobs of another branch, without the environment, and in a fork. Only who plans may come from
 * another branch: that is what a pull request is.
 */
export function strayJobs(plans: readonly ServicePlan[]): Identity[] {
  const workflows = workflowsOf(plans);
  const repository = repositoryOf(plans);
  const open = workflows.map((workflow) => ({
    ...workflow,
    jobs: workflow.jobs.map((one) => ({ ...one, environment: undefined })),
  }));
  const fork = { name: `mallory/${repository.name.split("/")[1]}` };
  return [
    ...jobIdentities(workflows, repository, elsewhere).map((one) => {
      const role = roleOf(one);
      return identityOf("of another branch", one, role.includes("-plan-") ? [role] : []);
    }),
    ...jobIdentities(open, repository).map((one) => identityOf("without environment", one, [])),
    ...jobIdentities(workflows, fork).map((one) => identityOf("of a fork", one, [])),
  ];
}

function workflowsOf(plans: readonly ServicePlan[]): Workflow[] {
  const service = `services/${plans[0]?.service}`;
  const files = workflowFiles(plans, { service, installation: ".", toolkitSource: null });
  return files.map(({ path, text }) => {
    const workflow = parseWorkflow(path, text);
    if (isUnreadable(workflow)) throw new Error(workflow.reason);
    return workflow;
  });
}

function repositoryOf([plan]: readonly ServicePlan[]): Repository {
  return readRepository(plan?.deployment.repository ?? "");
}

function roleOf({ roleArn }: JobIdentity): string {
  return roleArn.split("/").at(-1) ?? "";
}

function identityOf(how: string, one: JobIdentity, takesOn: Identity["takesOn"]): Identity {
  const { workflow, job: name, subject, audience, claims } = one;
  return job(`the job ${name} of ${workflow} ${how}`, subject, { audience, claims, takesOn });
}
