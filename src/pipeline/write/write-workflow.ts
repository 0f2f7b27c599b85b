import { Document, isMap, isPair, isScalar, type YAMLMap } from "yaml";
import type { JobModel, StepModel, WorkflowModel } from "./workflow-model.ts";

/** A workflow's text: the same model gives the same bytes, laid out as a person would. */
export function writeWorkflow(header: readonly string[], workflow: WorkflowModel): string {
  const jobs = Object.fromEntries(
    Object.entries(workflow.jobs).map(([id, job]) => [id, plainJob(job)]),
  );
  const document = new Document({ ...workflow, jobs }, { aliasDuplicateObjects: false });
  document.commentBefore = header.map((line) => ` ${line}`).join("\n");
  spread(document.contents as YAMLMap);
  for (const [id, job] of Object.entries(workflow.jobs)) annotate(document, id, job);
  spread(document.get("jobs") as YAMLMap);
  // Lines are broken where we break them: YAML's own breaks would be inside of scripts and expressions.
  return document.toString({ lineWidth: 0 });
}

/** In the order of {@link JobModel}: when it runs, on what, with which rights, and what it does. */
function plainJob(job: JobModel): object {
  const steps = job.steps.map(plainStep);
  const keys = jobKeys.filter((key) => job[key] !== undefined);
  return Object.fromEntries([...keys.map((key) => [key, job[key]]), ["steps", steps]]);
}

const jobKeys = [
  "name",
  "needs",
  "if",
  "runs-on",
  "timeout-minutes",
  "environment",
  "permissions",
  "outputs",
  "defaults",
] as const satisfies readonly (keyof JobModel)[];

function plainStep({ note: _, uses, ...step }: StepModel): object {
  if (uses === undefined) return step;
  const { name, if: condition, ...rest } = step;
  return {
    name,
    ...(condition !== undefined && { if: condition }),
    uses: `${uses.name}@${uses.commit}`,
    ...rest,
  };
}

/** An empty line before each entry but the first. */
function spread(map: YAMLMap): void {
  for (const { key } of map.items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
}

/** Puts in what data cannot say: why a job or a step is there, and which version a commit is. */
function annotate(document: Document, id: string, { note, steps }: JobModel): void {
  const jobs = document.get("jobs");
  const pair = isMap(jobs) ? jobs.items.find(({ key }) => isScalar(key) && key.value === id) : null;
  if (isPair(pair) && isScalar(pair.key) && note !== undefined) {
    pair.key.commentBefore = comment(note);
  }
  for (const [position, { note: why, uses }] of steps.entries()) {
    const step = document.getIn(["jobs", id, "steps", position]);
    if (!isMap(step)) continue;
    if (why !== undefined) step.commentBefore = comment(why);
    const action = step.get("uses", true);
    if (isScalar(action) && uses !== undefined) action.comment = ` ${uses.version}`;
  }
}

function comment(text: string): string {
  return text
    .split("\n")
    .map((line) => ` ${line}`)
    .join("\n");
}
