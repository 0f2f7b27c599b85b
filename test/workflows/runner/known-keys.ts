import { parse } from "yaml";

const known = {
  workflow: ["name", "on", "permissions", "concurrency", "defaults", "jobs"],
  job: [
    "name",
    "needs",
    "if",
    "runs-on",
    "timeout-minutes",
    "environment",
    "permissions",
    "outputs",
    "defaults",
    "env",
    "steps",
  ],
  step: ["name", "id", "if", "uses", "with", "env", "working-directory", "run"],
};

/** Throws where a workflow says something that the runner would pass over. */
export function assertKnownKeys(text: string): void {
  const workflow = parse(text);
  assertKnown("workflow", workflow);
  for (const job of Object.values<{ steps?: object[] }>(workflow.jobs ?? {})) {
    assertKnown("job", job);
    for (const step of job.steps ?? []) assertKnown("step", step);
  }
}

function assertKnown(kind: keyof typeof known, value: object): void {
  const odd = Object.keys(value).find((key) => !known[kind].includes(key));
  if (odd !== undefined) throw new Error(`${odd} of a ${kind} is not known here`);
}
