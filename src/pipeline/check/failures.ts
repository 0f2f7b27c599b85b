import { atJob, atStep, type Finding } from "./finding.ts";
import { type Subject, stepsOf } from "./subject.ts";

const gate = /npx lambdakit|npm (?:ci|test|audit)|\$CONFIRMATION/;

/** Ways of the shell to go on although something went wrong. */
const swallowing = /\|\||;\s*true\b|set \+[eo]/;

/** Plans end with 2 where something would change. Where something is deployed, 2 is a failure like others. */
const planning =
  /npx lambdakit (?:plan\b|promote\b.*--dry-run)(?:[^|]*\|[^|]*)\|\| test \$\? -eq 2$/m;

/** What is there to stop a run stops it. */
export function checkFailures({ workflow }: Subject): Finding[] {
  const fix = "remove it";
  const jobs = workflow.jobs.flatMap((job) => {
    const goesOn = /\b(?:always|failure|cancelled)\(\)/.exec(job.if ?? "")?.[0];
    const what = job.continueOnError ? "continue-on-error" : goesOn && `if: ${goesOn}`;
    return what ? [atJob(workflow, job, "ignored-failure", `${what} lets the run go on`, fix)] : [];
  });
  const steps = stepsOf(workflow).flatMap((place) => {
    const { run = "", if: condition, continueOnError } = place.step;
    const swallowed = swallowing.exec(run.replace(planning, ""))?.[0];
    const what = continueOnError
      ? "continue-on-error lets the job go on"
      : swallowed !== undefined
        ? `${swallowed} lets the script go on`
        : gate.test(run) && condition !== undefined && `if: ${condition} can leave it out`;
    return what ? [atStep(workflow, place, "ignored-failure", what, fix)] : [];
  });
  return [...jobs, ...steps];
}
