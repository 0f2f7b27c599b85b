import type { ServicePlan } from "../../plan/index.ts";
import { pinnedActions } from "../pinned-actions.ts";
import type { Job, Step, Workflow } from "../read/workflow.ts";
import { type ServiceRole, serviceRoles } from "../service-roles.ts";

/** A workflow of a service, and what it is for: that decides what is right in it. */
export interface Subject {
  readonly workflow: Workflow;
  readonly kind: "pull-request" | "deploy" | "promote" | "rehearse";
  /** Of the environment that it is about. */
  readonly plan: ServicePlan;
  /** The environment that it promotes from; null where it does not promote. */
  readonly from: string | null;
}

/** A step, and the job that it is in: what is right in a step depends on what its job may do. */
export interface StepOfJob {
  readonly job: Job;
  readonly step: Step;
}

export function stepsOf({ jobs }: Workflow): StepOfJob[] {
  return jobs.flatMap((job) => job.steps.map((step) => ({ job, step })));
}

/** The role that a step asks AWS for, as it is written; undefined for every other step. */
export function roleAskedFor({ uses, with: options }: Step): string | undefined {
  const isAsking = uses?.name === pinnedActions.configureAwsCredentials.name;
  return isAsking ? (options["role-to-assume"] ?? "") : undefined;
}

/** The jobs that take on the role of one purpose. */
export function jobsWith({ workflow, plan }: Subject, purpose: ServiceRole["purpose"]): Job[] {
  const { arn } = serviceRoles(plan)[purpose];
  return workflow.jobs.filter(({ steps }) => steps.some((step) => roleAskedFor(step) === arn));
}

/** True where GitHub would vouch for the job, or it asks AWS for anything. */
export function hasIdentity(job: Job): boolean {
  const { permissions } = job;
  const mayAsk = typeof permissions === "object" && permissions["id-token"] === "write";
  return mayAsk || job.steps.some((step) => roleAskedFor(step) !== undefined);
}

/** The jobs that have ended well before this one begins. */
export function jobsBefore(workflow: Workflow, job: Job): Job[] {
  const seen = new Set<Job>();
  const walk = ({ needs }: Job) => {
    for (const one of workflow.jobs) {
      if (!needs.includes(one.id) || seen.has(one)) continue;
      seen.add(one);
      walk(one);
    }
  };
  walk(job);
  return [...seen];
}
