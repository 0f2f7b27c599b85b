import { scriptCommands } from "../read/script-commands.ts";
import { atStep, type Finding } from "./finding.ts";
import { hasIdentity, type Subject, stepsOf } from "./subject.ts";

/** The shell's own, and what turns an answer into a summary. */
const plumbing = /^(?:\[|test|echo|exit|jq|tee)(?:\s|$)/;
const building = /^(?:npm|npx|yarn|pnpm|node|tsc|esbuild|make|zip|tar|docker|terraform)\b/;

/** Jobs with a role run what a laptop would run, and nothing else; after dev, no job builds anything. */
export function checkCommands({ workflow, kind, plan }: Subject): Finding[] {
  const own = {
    "pull-request": "plan",
    deploy: "deploy",
    promote: "promote",
    rehearse: "rehearse",
  }[kind];
  const standsBy = kind === "promote" && plan.recovery.standby !== null;
  const isRight = (command: string) =>
    (standsBy && command.startsWith("npx lambdakit dr standby ")) ||
    plumbing.test(command) ||
    /^npm ci(?: --ignore-scripts)?$/.test(command) ||
    command.startsWith(`npx lambdakit ${own} `);
  return stepsOf(workflow)
    .filter(({ job }) => kind === "promote" || hasIdentity(job))
    .flatMap((place) =>
      scriptCommands(place.step.run ?? "")
        .filter((command) => !isRight(command))
        .map((command) =>
          kind === "promote" && building.test(command)
            ? atStep(
                workflow,
                place,
                "rebuild",
                `runs ${command}`,
                "remove it: what dev has is promoted as it is",
              )
            : atStep(
                workflow,
                place,
                "other-command",
                `runs ${command}`,
                "remove it, or run it in a job without a role",
              ),
        ),
    );
}
