import { pinnedActions } from "../pinned-actions.ts";
import type { Step } from "../read/workflow.ts";
import { atJob, atStep, type Finding } from "./finding.ts";
import { hasIdentity, type StepOfJob, type Subject, stepsOf } from "./subject.ts";

/** Whose code runs, and which. */
export function checkActions(subject: Subject): Finding[] {
  const { workflow } = subject;
  const called = workflow.jobs
    .filter(({ calls }) => calls !== undefined)
    .map((job) =>
      atJob(
        workflow,
        job,
        "other-code",
        `calls ${job.calls}, which nothing here looks into`,
        "write its steps here",
      ),
    );
  const contained = workflow.jobs
    .filter((job) => job.container !== undefined && hasIdentity(job))
    .map((job) => {
      const what = `runs in ${job.container} where there is a role`;
      return atJob(workflow, job, "other-code", what, "remove container");
    });
  const steps = stepsOf(workflow).flatMap((place) => [
    ...unpinned(subject, place),
    ...foreign(subject, place),
    ...(place.step.uses?.name === pinnedActions.checkout.name ? checkouts(subject, place) : []),
  ]);
  return [...called, ...contained, ...steps];
}

/** A tag can be moved to other code, and so can a branch. */
function unpinned({ workflow }: Subject, place: StepOfJob): Finding[] {
  const { uses } = place.step;
  if (uses === undefined) return [];
  if (/^[0-9a-f]{40}$/.test(uses.ref) && /^v\d+\.\d+\.\d+$/.test(uses.comment ?? "")) return [];
  const known = Object.values(pinnedActions).find(({ name }) => name === uses.name);
  const pin = known && `${known.name}@${known.commit} # ${known.version}`;
  const fix = `write uses: ${pin ?? `${uses.name}@COMMIT # vX.Y.Z, with all 40 digits of the commit`}`;
  const written = `${uses.name}@${uses.ref}${uses.comment === undefined ? "" : ` # ${uses.comment}`}`;
  return [atStep(workflow, place, "unpinned", `uses ${written}`, fix)];
}

/** An action could take what its job is given, so that a job with a role uses those that were looked at. */
function foreign({ workflow }: Subject, place: StepOfJob): Finding[] {
  const name = place.step.uses?.name;
  const isOurs = Object.values(pinnedActions).some((one) => one.name === name);
  if (name === undefined || isOurs || !hasIdentity(place.job)) return [];
  const fix = "use it in a job without a role";
  return [atStep(workflow, place, "other-code", `uses ${name} where there is a role`, fix)];
}

function checkouts({ workflow }: Subject, place: StepOfJob): Finding[] {
  const { with: options }: Step = place.step;
  const findings: Finding[] = [];
  if (options["persist-credentials"] !== "false") {
    const what = "leaves its token behind for later steps";
    findings.push(atStep(workflow, place, "kept-token", what, "write persist-credentials: false"));
  }
  for (const key of ["ref", "repository", "submodules", "ssh-key", "token"]) {
    if (options[key] === undefined) continue;
    const what = `checks out by ${key}: ${options[key]}`;
    findings.push(atStep(workflow, place, "other-code", what, `remove ${key}`));
  }
  return findings;
}
