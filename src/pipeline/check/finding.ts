import type { Job, Step, Workflow } from "../read/workflow.ts";

/** What a workflow can be wrong about, and what that means in one line. */
export const findingMeanings = {
  unreadable: "the file is no workflow",
  "left-over": "the service has no such workflow any more",
  trigger: "it starts at another occasion than it is for",
  "untrusted-trigger": "it starts with the deployed branch's rights at what a stranger does",
  "default-permissions": "jobs have rights that they did not ask for",
  permissions: "a job has rights that it does not need, or none stated",
  role: "a job takes on another role than it is for",
  "role-elsewhere": "a role of the service is named outside of its workflows",
  environment: "a job takes on a role outside of the GitHub environment whose reviewers guard it",
  "main-only": "a job takes on a role for another branch than the manifest's",
  forks: "a job takes on a role for a pull request of a fork",
  order: "a job does not wait for the one that has to come before it",
  "ignored-failure": "a gate lets pass what it should stop",
  confirmation: "what was typed is not compared, or not handed on",
  "unbound-plan": "what is deployed is not the plan that was approved",
  "other-way": "it deploys by another way than dev, sit, prod",
  untested: "a change is not tested before it is merged or deployed",
  rebuild: "something is built after dev",
  "other-command": "a job with a role runs something else than it is for",
  "other-code": "a job runs code that is not this repository's at this commit",
  unpinned: "an action is not held at a commit",
  "kept-token": "a later step could use the token that the code was checked out with",
  injection: "a text of somebody else's becomes part of a script",
  secret: "a secret is used, or printed",
  "long-lived-key": "a key of AWS is used, and not a role",
  shell: "a script goes on after a failure",
  concurrency: "two runs can be at work in an environment at once, or one can end the other",
  timeout: "a job may hang for hours",
  retention: "what a run leaves behind is kept for another time than its environment asks for",
} as const;

export type FindingId = keyof typeof findingMeanings;

/** Something that is wrong with a workflow, as data. */
export interface Finding {
  readonly id: FindingId;
  /** From the root of the repository. */
  readonly file: string;
  /** The job, and the step in it, such as `deploy / Promote`; a key such as `on` where it is in neither. */
  readonly place: string;
  readonly line: number;
  readonly what: string;
  /** The edit that ends it. */
  readonly fix: string;
}

/** A finding about the workflow itself, at one of its keys. */
export function atKey(
  workflow: Workflow,
  key: string,
  id: FindingId,
  what: string,
  fix: string,
): Finding {
  return { id, file: workflow.file, place: key, line: workflow.line(key), what, fix };
}

export function atJob(
  workflow: Workflow,
  job: Job,
  id: FindingId,
  what: string,
  fix: string,
): Finding {
  return { id, file: workflow.file, place: job.id, line: job.line, what, fix };
}

export function atStep(
  workflow: Workflow,
  { job, step }: { readonly job: Job; readonly step: Step },
  id: FindingId,
  what: string,
  fix: string,
): Finding {
  return {
    id,
    file: workflow.file,
    place: `${job.id} / ${step.title}`,
    line: step.line,
    what,
    fix,
  };
}
