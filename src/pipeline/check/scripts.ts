import { scriptCommands } from "../read/script-commands.ts";
import type { Workflow } from "../read/workflow.ts";
import { atJob, atKey, atStep, type Finding, type FindingId } from "./finding.ts";
import { type StepOfJob, type Subject, stepsOf } from "./subject.ts";

/** What scripts are made of, and what they could give away. */
export function checkScripts({ workflow }: Subject): Finding[] {
  return [
    ...everywhere(
      workflow,
      /\bsecrets\b/,
      "secret",
      "names secrets",
      "remove it: a role needs none",
    ),
    ...everywhere(
      workflow,
      /aws[-_](?:access[-_]key[-_]id|secret[-_]access[-_]key)|\bAKIA[0-9A-Z]{16}\b/i,
      "long-lived-key",
      "has a key of AWS",
      "remove it, and take on the role",
    ),
    ...shells(workflow),
    ...stepsOf(workflow).flatMap((place) => [
      ...injections(workflow, place),
      ...printedSecrets(workflow, place),
    ]),
  ];
}

function everywhere(workflow: Workflow, pattern: RegExp, id: FindingId, what: string, fix: string) {
  return workflow.spans
    .filter(({ text }) => pattern.test(text))
    .map(
      ({ line }): Finding => ({ id, file: workflow.file, place: `line ${line}`, line, what, fix }),
    );
}

/** GitHub puts the text in before the shell reads the script, quotes and all. */
function injections(workflow: Workflow, place: StepOfJob): Finding[] {
  const { run = "", with: options } = place.step;
  const found = `${run}\n${options.script ?? ""}`.match(/\$\{\{.*?\}\}/gs) ?? [];
  return found.map((text) =>
    atStep(
      workflow,
      place,
      "injection",
      `has ${text} in its script`,
      "put it into env, and use the variable",
    ),
  );
}

/** GitHub's stars hide a secret only as it is; a step shows all that it was given with set -x or env. */
function printedSecrets(workflow: Workflow, place: StepOfJob): Finding[] {
  const { step, job } = place;
  const secret = Object.entries({ ...job.env, ...step.env })
    .filter(([, value]) => /secrets\.|github\.token|GITHUB_TOKEN/.test(value))
    .map(([name]) => name);
  const shows = (command: string) =>
    /^(?:set -\w*x|env$|printenv|export -p|declare -p)/.test(command) ||
    (/^(?:echo|printf|cat|tee)\b/.test(command) &&
      secret.some((name) => new RegExp(`\\$\\{?${name}\\b`).test(command)));
  return scriptCommands(step.run ?? "")
    .filter(shows)
    .map((command) => atStep(workflow, place, "secret", `prints it: ${command}`, "remove it"));
}

/** `bash` as GitHub means it ends at a failure, in a pipe too; other words for it do not. */
function shells(workflow: Workflow): Finding[] {
  const fix = "write shell: bash under defaults, and no other shell";
  const what = (shell: string | undefined) =>
    `runs scripts with ${shell ?? "whatever the default is"}`;
  const odd = (shell: string | undefined) => shell !== undefined && shell !== "bash";
  return [
    ...(workflow.shell === "bash"
      ? []
      : [atKey(workflow, "defaults", "shell", what(workflow.shell), fix)]),
    ...workflow.jobs
      .filter(({ shell }) => odd(shell))
      .map((job) => atJob(workflow, job, "shell", what(job.shell), fix)),
    ...stepsOf(workflow)
      .filter(({ step }) => odd(step.shell))
      .map((place) => atStep(workflow, place, "shell", what(place.step.shell), fix)),
  ];
}
