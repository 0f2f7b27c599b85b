import type { RollbackAnswer } from "../../answers/index.ts";
import { exitCodes } from "../../errors/index.ts";
import { openEnvironment, planRollback, type Rollback, rollBack } from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { consentOf, consentOptions } from "../deployment/consent-options.ts";
import { openTarget, targetOptions } from "../deployment/target.ts";
import { stayingText } from "../deployment/way-text.ts";

const { confirm, reason } = consentOptions;

export const rollback: Command = {
  name: "rollback",
  summary: "lead callers to a recorded release again, in seconds",
  description:
    "Moves the aliases of all functions to the versions of the release that was live before, or of the one of --to, at once and without Terraform; forward again works the same. Says beforehand what stays as it is, because no alias moves it: tables, indexes, routes, permissions. Where a promotion or a rollback was cut off half-way, this is the way back.",
  examples: [
    "lambdakit rollback",
    "lambdakit rollback --env sit --to 3f9c2a1b7d4e --confirm deploy",
    'lambdakit rollback --env prod --confirm deploy-to-production --reason "INC-7"',
    "lambdakit rollback --env prod --dry-run",
  ],
  options: {
    ...targetOptions,
    to: { type: "text", placeholder: "ID", description: "which release; default: the one before" },
    "dry-run": { type: "flag", description: "show it, and change nothing" },
    confirm,
    reason,
  },
  arguments: [],

  async run(input, world) {
    const { terminal } = world;

    const { plan, caller, steps, done } = await openTarget(input, world);
    const { environment } = plan;
    const opened = openEnvironment(plan, caller);
    const planned = await planRollback(opened, input.text("to"));
    done("looked what there is");
    terminal.err(plannedText(planned, environment));
    // What was cut off after its last move is ended by this, too.
    const isNeeded = planned.moves.length > 0 || planned.continues !== null;
    if (!input.flag("dry-run") && isNeeded) {
      await rollBack(opened, planned, consentOf(input));
      done("moved the traffic");
    }
    const { release, from, moves, gone, staying } = planned;
    const untouched = from === release ? "already-live" : "nothing-moved";
    const outcome = input.flag("dry-run") ? "planned" : isNeeded ? "live" : untouched;
    terminal.out(
      input.flag("json")
        ? answerJson<RollbackAnswer>({
            environment,
            release,
            from,
            outcome,
            moves,
            gone,
            staying,
            steps,
          })
        : `${environment}: ${outcomeText(outcome, planned)}`,
    );
    if (outcome === "live") terminal.err(`Next: lambdakit verify --env ${environment}`);
    return exitCodes.ok;
  },
};

function outcomeText(
  outcome: "planned" | "live" | "already-live" | "nothing-moved",
  { release, from }: Rollback,
): string {
  const texts = {
    planned: `release ${release}; nothing was changed`,
    live: `release ${release}`,
    "already-live": `release ${release} is live already`,
    // They differ in what no alias moves, and in nothing else.
    "nothing-moved": `nothing to move: the functions of ${from} are those of ${release}`,
  };
  return texts[outcome];
}

function plannedText(planned: Rollback, environment: string): string {
  const { release, from, moves, gone, between } = planned;
  const lines = moves.map(
    ({ functionName, from: was, to }) => `  ${functionName}: ${was} -> ${to}`,
  );
  return [
    ...(between === null ? [] : [`It was cut off in the middle: ${between}.`]),
    `${environment}: from ${from ?? "nothing that was recorded"} to ${release}`,
    ...lines,
    ...gone.map((name) => `  ${name} does not exist any more: it stays away.`),
    ...stayingText(planned),
  ].join("\n");
}
