import { pinnedActions } from "../pinned-actions.ts";
import { retentionDays } from "../retention.ts";
import { atJob, atKey, atStep, type Finding } from "./finding.ts";
import { type Subject, stepsOf } from "./subject.ts";

/** How often, how long, and what is left. */
export function checkRuns(subject: Subject): Finding[] {
  return [...concurrency(subject), ...timeouts(subject), ...retention(subject)];
}

/** Two deployments at once would meet in one state; one that is cut off leaves half an environment behind. */
function concurrency({ workflow, kind, plan }: Subject): Finding[] {
  if (kind === "pull-request") return [];
  const group = `${plan.service}-${kind === "rehearse" ? kind : plan.environment}`;
  const said = workflow.concurrency;
  const isRight =
    typeof said === "object" &&
    said !== null &&
    "group" in said &&
    said.group === group &&
    "cancel-in-progress" in said &&
    said["cancel-in-progress"] === false;
  if (isRight) return [];
  const fix = `write concurrency: { group: ${group}, cancel-in-progress: false }`;
  const what = `runs are not held apart by the group ${group}, each until its end`;
  return [atKey(workflow, "concurrency", "concurrency", what, fix)];
}

/** GitHub's own limit is six hours. */
function timeouts({ workflow }: Subject): Finding[] {
  return workflow.jobs
    .filter(({ timeoutMinutes }) => !(typeof timeoutMinutes === "number" && timeoutMinutes <= 60))
    .map((job) =>
      atJob(
        workflow,
        job,
        "timeout",
        "has no time limit of an hour or less",
        "write timeout-minutes: 60",
      ),
    );
}

function retention({ workflow, plan }: Subject): Finding[] {
  const days = retentionDays[plan.environment];
  return stepsOf(workflow)
    .filter(({ step }) => step.uses?.name === pinnedActions.uploadArtifact.name)
    .filter(({ step }) => step.with["retention-days"] !== String(days))
    .map((place) => {
      const said = place.step.with["retention-days"];
      const what =
        said === undefined ? "does not say for how long it keeps" : `keeps for ${said} days`;
      return atStep(workflow, place, "retention", what, `write retention-days: ${days}`);
    });
}
