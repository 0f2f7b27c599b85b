/**
 * Runs a workflow on this machine, with GitHub stubbed: its own steps, in its own order, under its own
 * conditions. Jobs run one after another. Not here: machines, secrets and their stars, caches, services, matrices, and what
 * concurrency and time limits do. A key that is not known here throws, so that nothing is left out silently.
 */
import {
  isUnreadable,
  type Job,
  parseWorkflow,
  type Workflow,
} from "../../../src/pipeline/index.ts";
import { isTrue, type Scope } from "./expression.ts";
import { assertKnownKeys } from "./known-keys.ts";
import type { Artifact, JobResult, Run, RunResult } from "./run.ts";
import { runJob } from "./run-job.ts";

/** @param temporary a folder for files of the run; artifacts may lie in it, so that it has to outlive them */
export async function runWorkflow(run: Run, temporary: string): Promise<RunResult> {
  assertKnownKeys(run.text);
  const workflow = parseWorkflow(run.path, run.text);
  if (isUnreadable(workflow)) throw new Error(workflow.reason);
  const inputs = inputsOf(run, workflow);
  const jobs: Record<string, JobResult> = {};
  const artifacts: Artifact[] = [];
  for (const job of inOrder(workflow)) {
    const needs = Object.fromEntries(
      job.needs.map((id) => [
        id,
        { result: jobs[id]?.status ?? "skipped", outputs: jobs[id]?.outputs ?? {} },
      ]),
    );
    const scope = scopeOf(run, { inputs, needs });
    const keep = (artifact: Artifact) => artifacts.push(artifact);
    jobs[job.id] = await begin(job, scope, () =>
      runJob(run, workflow, job, { scope, temporary, keep }),
    );
  }
  return { jobs, artifacts };

  async function begin(job: Job, scope: Scope, go: () => Promise<JobResult>): Promise<JobResult> {
    const unstarted = { outputs: {}, steps: [], summary: "" };
    // Without a word about how others ended, a job begins only where all ended well.
    const condition = job.if ?? "success()";
    const asks = /\b(?:success|failure|always|cancelled)\(\)/.test(condition);
    if (!(asks || scope.functions.success?.()) || !isTrue(condition, scope)) {
      return { status: "skipped", ...unstarted };
    }
    const isLetIn =
      job.environment === undefined || (run.onGate?.(job.environment, job.id) ?? true);
    return isLetIn ? go() : { status: "failure", ...unstarted };
  }
}

/** Each after those that it needs; among these, as they are written. */
function inOrder({ jobs }: Workflow): Job[] {
  const ordered: Job[] = [];
  while (ordered.length < jobs.length) {
    const next = jobs.find(
      (job) =>
        !ordered.includes(job) && job.needs.every((id) => ordered.some((one) => one.id === id)),
    );
    if (next === undefined)
      throw new Error("jobs wait for each other, or for one that there is not");
    ordered.push(next);
  }
  return ordered;
}

function inputsOf({ event, inputs = {} }: Run, { triggers }: Workflow): Record<string, string> {
  if (!triggers.has(event.name)) throw new Error(`${event.name} does not start this workflow`);
  if (event.name !== "workflow_dispatch") return {};
  const form = (
    triggers.get(event.name) as { inputs?: Record<string, { required?: boolean }> } | null
  )?.inputs;
  const fields = Object.entries(form ?? {});
  const unknown = Object.keys(inputs).filter((name) => !fields.some(([field]) => field === name));
  const missing = fields.filter(([name, { required }]) => required && inputs[name] === undefined);
  if (unknown.length > 0) throw new Error(`the form has no ${unknown.join()}`);
  if (missing.length > 0) throw new Error(`the form needs ${missing.map(([name]) => name).join()}`);
  return Object.fromEntries(fields.map(([name]) => [name, inputs[name] ?? ""]));
}

function scopeOf(
  { event, repository, settings = {} }: Run,
  more: { readonly inputs: object; readonly needs: Readonly<Record<string, { result?: string }>> },
): Scope {
  const ends = Object.values(more.needs).map(({ result }) => result);
  const github = {
    actor: event.actor ?? "ada",
    event: event.payload ?? {},
    event_name: event.name,
    ref: event.ref,
    repository: repository.name,
    run_id: "1",
    token: "the-token-of-the-job",
  };
  return {
    contexts: { github, vars: settings, ...more },
    functions: {
      always: () => true,
      success: () => ends.every((end) => end === "success"),
      failure: () => ends.includes("failure"),
      cancelled: () => false,
    },
  };
}
