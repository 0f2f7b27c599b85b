import type { ServicePlan } from "../../plan/index.ts";
import type { WorkflowModel } from "./workflow-model.ts";

/** What all workflows of a service have in common. */
export interface Base {
  readonly service: string;
  /** GitHub's machine. A label with a version: what `latest` means changes without a commit. */
  readonly runner: string;
  /** The functions', such as `nodejs22.x`. */
  readonly runtime: string;
}

export function baseOf({ service, functions }: ServicePlan): Base {
  // A code cache is taken only by the architecture that made it.
  const needsArm = functions.some((one) => one.codeCache && one.architecture === "arm64");
  const runtimes = functions.map(({ runtime }) => runtime).sort();
  return {
    service,
    runner: needsArm ? "ubuntu-24.04-arm" : "ubuntu-24.04",
    runtime: runtimes.at(-1) ?? "nodejs22.x",
  };
}

/** Nothing is allowed unless a job asks for it; a script ends at its first failure, in a pipe too. */
export const closed = {
  permissions: {},
  defaults: { run: { shell: "bash" } },
} as const satisfies Partial<WorkflowModel>;

/** One at a time. Whoever is at work is left to finish: half a deployment is worse than a late one. */
export function oneAtATime(service: string, environment: string): WorkflowModel["concurrency"] {
  return { group: `${service}-${environment}`, "cancel-in-progress": false };
}
