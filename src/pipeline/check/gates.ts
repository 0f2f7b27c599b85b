import type { Job } from "../read/workflow.ts";
import { onBranch, type ServiceRole, serviceRoles } from "../service-roles.ts";
import { atJob, atStep, type Finding } from "./finding.ts";
import { hasIdentity, roleAskedFor, type Subject } from "./subject.ts";

/** Whoever gets a role stands behind that role's gate, and on the branch that may deploy. */
export function checkGates(subject: Subject): Finding[] {
  const { workflow } = subject;
  return workflow.jobs.flatMap((job) => [
    ...rolesOf(subject, job),
    ...(hasIdentity(job) ? conditionsOf(subject, job) : []),
  ]);
}

function rolesOf({ workflow, kind, plan }: Subject, job: Job): Finding[] {
  const roles = serviceRoles(plan);
  const allowed: readonly ServiceRole[] = {
    "pull-request": [roles.plan],
    deploy: [roles.deploy],
    promote: [roles.plan, roles.deploy],
    rehearse: [],
  }[kind];
  return job.steps.flatMap((step) => {
    const asked = roleAskedFor(step);
    if (asked === undefined) return [];
    const role = allowed.find(({ arn }) => arn === asked);
    if (role === undefined) {
      const arns = allowed.map(({ arn }) => arn).join(" or ");
      const what = `asks for ${asked || "no role"}`;
      const fix = arns === "" ? "remove the step: it needs none" : `write role-to-assume: ${arns}`;
      return [atStep(workflow, { job, step }, "role", what, fix)];
    }
    if (job.environment === role.gate) return [];
    const what = `takes on ${role.arn} in ${job.environment ? `the environment ${job.environment}` : "no environment"}`;
    return [atJob(workflow, job, "environment", what, `write environment: ${role.gate}`)];
  });
}

const fromHere = "github.event.pull_request.head.repo.full_name == github.repository";

function conditionsOf({ workflow, kind, plan }: Subject, job: Job): Finding[] {
  const isPullRequest = kind === "pull-request";
  const wanted = isPullRequest ? fromHere : onBranch(plan);
  // With || anything could be true; what is left has to say it in so many words.
  const conditions = job.if?.includes("||") ? [] : (job.if?.split("&&") ?? []);
  if (conditions.some((one) => one.trim() === wanted)) return [];
  const what = `takes on a role whatever ${isPullRequest ? "repository it comes from" : "the branch is"}`;
  return [atJob(workflow, job, isPullRequest ? "forks" : "main-only", what, `write if: ${wanted}`)];
}
