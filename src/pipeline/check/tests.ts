import { scriptCommands } from "../read/script-commands.ts";
import { atKey, type Finding } from "./finding.ts";
import { type Subject, stepsOf } from "./subject.ts";

const tests = ["npm test", "npx lambdakit generate --check", "npx lambdakit audit --severity high"];

const rehearsal = "npx lambdakit rehearse";

/**
 * A change is tested when it is proposed, and again as it was merged: other changes came in between. What is there to
 * rehearse rehearses.
 */
export function checkTests({ workflow, kind }: Subject): Finding[] {
  if (kind === "promote") return [];
  const commands = stepsOf(workflow).flatMap(({ step }) => scriptCommands(step.run ?? ""));
  if (kind === "rehearse") {
    if (commands.some((command) => `${command} `.startsWith(`${rehearsal} `))) return [];
    const what = `no job runs ${rehearsal}`;
    return [atKey(workflow, "jobs", "untested", what, `run ${rehearsal} in the job rehearse`)];
  }
  return tests
    .filter((test) => !commands.includes(test))
    .map((test) =>
      atKey(workflow, "jobs", "untested", `no job runs ${test}`, `run ${test} in the job test`),
    );
}
