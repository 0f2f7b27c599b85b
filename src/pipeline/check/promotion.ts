import { scriptCommands } from "../read/script-commands.ts";
import { deploying, hasOption } from "./approval.ts";
import { atJob, atStep, type Finding } from "./finding.ts";
import { jobsWith, type Subject, stepsOf } from "./subject.ts";

/** What is deployed is what was planned, and comes from the environment before. */
export function checkPromotion(subject: Subject): Finding[] {
  const { workflow, kind, plan, from } = subject;
  const here = `--env ${plan.environment} `;
  const promotion = `--from ${from} --to ${plan.environment} `;
  const wayOf = (command: string) =>
    kind === "promote" && !command.startsWith("npx lambdakit dr ") ? promotion : here;
  const ways = stepsOf(workflow).flatMap(({ job, step }) =>
    scriptCommands(step.run ?? "")
      .filter((command) => /^npx lambdakit (?:plan|deploy|promote|dr standby)\b/.test(command))
      .filter((command) => !`${command} `.includes(wayOf(command)))
      .map((command) => {
        const fix = `write ${wayOf(command).trim()}`;
        return atStep(workflow, { job, step }, "other-way", `runs ${command}`, fix);
      }),
  );
  return kind === "promote" ? [...ways, ...unboundPlans(subject), ...wetPlans(subject)] : ways;
}

function unboundPlans(subject: Subject): Finding[] {
  const { workflow } = subject;
  const planners = jobsWith(subject, "plan").map(({ id }) => id);
  const commands = deploying(subject);
  const unbound = commands.flatMap(({ job, step, command }) =>
    ["plan", "release"]
      .filter((word) => {
        const name = word.toUpperCase();
        const sources = planners.map((id) => `\${{ needs.${id}.outputs.${word} }}`);
        return !hasOption(command, `--${word}`, name) || !sources.includes(step.env[name] ?? "");
      })
      .map((word) => {
        const fix = `write --${word}="$${word.toUpperCase()}", with the output ${word} of the job that planned`;
        const what = `deploys another ${word} than the one that was shown`;
        return atStep(workflow, { job, step }, "unbound-plan", what, fix);
      }),
  );
  const idle = jobsWith(subject, "deploy").filter(
    (job) => !commands.some((one) => one.job === job),
  );
  return [
    ...unbound,
    ...idle.map((job) =>
      atJob(workflow, job, "unbound-plan", "promotes nothing", "run npx lambdakit promote in it"),
    ),
  ];
}

/** A plan that is none would show nothing, and then fail half-way for want of rights. */
function wetPlans(subject: Subject): Finding[] {
  return jobsWith(subject, "plan").flatMap((job) =>
    job.steps
      .filter(({ run = "" }) =>
        scriptCommands(run).some(
          (one) => /^npx lambdakit promote\b/.test(one) && !one.includes("--dry-run"),
        ),
      )
      .map((step) =>
        atStep(
          subject.workflow,
          { job, step },
          "unbound-plan",
          "promotes where it should plan",
          "write --dry-run",
        ),
      ),
  );
}
