import type { Job } from "../read/workflow.ts";
import { atJob, atKey, type Finding } from "./finding.ts";
import { roleAskedFor, type Subject } from "./subject.ts";

/** Nothing by default, and to each job what it needs and no more. */
export function checkPermissions({ workflow, kind }: Subject): Finding[] {
  const { permissions } = workflow;
  const isClosed = typeof permissions === "object" && Object.keys(permissions).length === 0;
  const byDefault = isClosed
    ? []
    : [
        atKey(
          workflow,
          "permissions",
          "default-permissions",
          "every job has rights from the start",
          "write permissions: {}",
        ),
      ];
  const findings = workflow.jobs.flatMap((job) => {
    if (typeof job.permissions !== "object") {
      const what =
        job.permissions === undefined ? "states no permissions" : `has ${job.permissions}`;
      return [atJob(workflow, job, "permissions", what, "state each permission that it needs")];
    }
    return Object.entries(job.permissions)
      .filter(([name, right]) => right !== "none" && !isNeeded(name, right, job, kind))
      .map(([name, right]) =>
        atJob(
          workflow,
          job,
          "permissions",
          `has ${name}: ${right}, and needs it for nothing`,
          `remove ${name}`,
        ),
      );
  });
  return [...byDefault, ...findings];
}

function isNeeded(name: string, right: string, job: Job, kind: Subject["kind"]): boolean {
  if (name === "contents") return right === "read";
  const takesRole = job.steps.some((step) => roleAskedFor(step) !== undefined);
  if (name === "id-token") return takesRole;
  // A job that comments runs nothing of the pull request: it could approve it, too.
  const runsCode = job.steps.some(({ uses }) => uses !== undefined);
  return name === "pull-requests" && kind === "pull-request" && !takesRole && !runsCode;
}
