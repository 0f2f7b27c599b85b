import type { Job } from "../read/workflow.ts";
import { isComparing } from "./approval.ts";
import { atJob, type Finding } from "./finding.ts";
import { jobsBefore, jobsWith, type Subject } from "./subject.ts";

/** Confirmed, then planned or tested, then deployed: each waits for the one before. */
export function checkOrder(subject: Subject): Finding[] {
  const { workflow, kind, plan } = subject;
  if (kind === "pull-request" || kind === "rehearse") return [];
  const planners = jobsWith(subject, "plan");
  const deployers = jobsWith(subject, "deploy");
  const testers = workflow.jobs.filter(({ steps }) =>
    steps.some(({ run }) => run?.includes("npm test")),
  );
  const comparers = workflow.jobs.filter((job) => isComparing(job, plan.approval));
  const late = (jobs: readonly Job[], first: readonly Job[], name: string) =>
    jobs
      .filter((job) => !jobsBefore(workflow, job).some((one) => first.includes(one)))
      .map((job) =>
        atJob(workflow, job, "order", `begins without waiting for ${name}`, `write needs: ${name}`),
      );
  return [
    ...(kind === "promote" ? late(deployers, planners, "plan") : late(deployers, testers, "test")),
    // Where nothing is compared at all, that is what is wrong.
    ...(comparers.length > 0 ? late([...planners, ...deployers], comparers, "confirm") : []),
  ];
}
