import type { ApprovalPlan } from "../../plan/index.ts";
import { scriptCommands } from "../read/script-commands.ts";
import type { Job } from "../read/workflow.ts";
import { atKey, atStep, type Finding } from "./finding.ts";
import { jobsWith, type Subject } from "./subject.ts";

/** `if [ TEST ]; then`, a message, `exit 1`, `fi`: and nothing else, or something could end the script before. */
const refusals = /^(?:if \[ .+ \]; then\n +echo .+\n +exit 1\nfi\n)+$/;

/** True where the job ends the run unless the right words were typed. */
export function isComparing(
  { steps }: Job,
  { confirmation, reasonRequired }: ApprovalPlan,
): boolean {
  return steps.some(({ run = "", env, if: condition }) => {
    const stops = (test: string) => refusals.test(run) && run.includes(`if [ ${test} ]; then\n`);
    const comparesWords =
      env.CONFIRMATION === typed("confirmation") && stops(`"$CONFIRMATION" != "${confirmation}"`);
    const asksWhy = !reasonRequired || (env.REASON === typed("reason") && stops('-z "$REASON"'));
    return condition === undefined && comparesWords && asksWhy;
  });
}

/** What was typed is compared first, and reaches the command that deploys, which compares it again. */
export function checkApproval(subject: Subject): Finding[] {
  const { workflow, kind, plan } = subject;
  const { confirmation, reasonRequired } = plan.approval;
  if (confirmation === null || kind === "pull-request" || kind === "rehearse") return [];
  const findings: Finding[] = [];
  if (!workflow.jobs.some((job) => isComparing(job, plan.approval))) {
    const what = `no job ends the run unless ${confirmation}${reasonRequired ? " and a reason were" : " was"} typed`;
    findings.push(atKey(workflow, "jobs", "confirmation", what, "npx lambdakit generate"));
  }
  const words = ["confirmation", ...(reasonRequired ? ["reason"] : [])];
  for (const word of words.filter((one) => isFilledIn(workflow.triggers, one))) {
    const what = `the ${word} is filled in beforehand`;
    findings.push(atKey(workflow, "on", "confirmation", what, `remove the default of ${word}`));
  }
  for (const { job, step, command } of deploying(subject)) {
    for (const word of words) {
      const name = word.toUpperCase();
      const option = word === "reason" ? "--reason" : "--confirm";
      if (hasOption(command, option, name) && step.env[name] === typed(word)) continue;
      const fix = `write ${option}="$${name}", and ${name}: ${typed(word)} in its env`;
      findings.push(
        atStep(workflow, { job, step }, "confirmation", `does not hand on the ${word}`, fix),
      );
    }
  }
  return findings;
}

/** A word that stands there already is agreed to without being read. */
function isFilledIn(triggers: ReadonlyMap<string, unknown>, input: string): boolean {
  const form = triggers.get("workflow_dispatch") as { inputs?: Record<string, object> } | null;
  return "default" in (form?.inputs?.[input] ?? {});
}

/** Every command that changes an environment. */
export function deploying(subject: Subject) {
  return jobsWith(subject, "deploy").flatMap((job) =>
    job.steps.flatMap((step) =>
      scriptCommands(step.run ?? "")
        .filter((command) => /^npx lambdakit (?:deploy|promote)\b/.test(command))
        .map((command) => ({ job, step, command })),
    ),
  );
}

/** `--plan="$PLAN"`, or with a space. */
export function hasOption(command: string, option: string, variable: string): boolean {
  return new RegExp(`${option}[ =]"\\$${variable}"`).test(command);
}

function typed(input: string): string {
  return `\${{ inputs.${input} }}`;
}
