import type { DrRestoreAnswer } from "../../answers/index.ts";
import { exitCodes } from "../../errors/index.ts";
import {
  type PlannedRestore,
  planRestore,
  restoreEstimate,
  restoreTable,
} from "../../recover/index.ts";
import { openEnvironment } from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { consentOf, consentOptions } from "../deployment/consent-options.ts";
import { openTarget, targetOptions } from "../deployment/target.ts";
import { verifierOf, verifyOptions } from "../deployment/verifier.ts";
import { askedPoint, pointOptions } from "../recovery/asked-point.ts";
import { comparing } from "../recovery/comparing.ts";
import { openRecovery } from "../recovery/recovery-gateways.ts";
import { openRestoreStack } from "../recovery/restore-stack.ts";
import { estimateText, plannedText, pointText, restoredText } from "../recovery/restore-text.ts";

const { confirm, reason } = consentOptions;

export const drRestore: Command = {
  name: "dr restore",
  summary: "bring a table back, as it was, and the service with it",
  description:
    "Restores a table to a moment or from a backup, gives it back every setting that DynamoDB leaves out, and leads the live release to it; done only when Terraform's plan is empty and the service verified. A table that is lost comes back under its own name. One that is there and damaged stays as it is, with a backup: the new one stands beside it, and the service changes over. Nothing is deleted. Cut off anywhere, the same command goes on; meanwhile nobody else changes the environment. --dry-run shows the steps.",
  examples: [
    "lambdakit dr restore --backup latest",
    "lambdakit dr restore --to 20m --dry-run",
    "lambdakit dr restore --env sit --to 2026-11-27T09:00:00Z --confirm deploy",
    "lambdakit dr restore --table products --backup before-the-sale",
  ],
  options: {
    ...targetOptions,
    ...pointOptions,
    table: {
      type: "text",
      placeholder: "KEY",
      description: "which table of service.ts, where there is more than one",
    },
    "dry-run": { type: "flag", description: "show the steps, and change nothing" },
    confirm,
    reason,
    ...verifyOptions,
  },
  arguments: [],

  async run(input, world) {
    const { terminal, interrupted } = world;
    const now = Date.now();
    const asked = askedPoint(input, now);
    let url: string | null = null;
    const { isEmulated } = await import("../../terraform/index.ts");
    const { service, plan, caller, steps, done } = await openTarget(input, world);
    const { environment } = plan;
    const opened = openEnvironment(plan, caller);
    const gateways = await openRecovery(plan);
    const key = input.text("table");
    const planned = await planRestore(opened, gateways, { key, asked, now });
    done("looked what there is");
    const { operations, there, choice } = planned;
    const estimate = restoreEstimate(operations, choice.table, there?.bytes ?? null);
    const isJson = input.flag("json");
    if (input.flag("dry-run")) {
      terminal.out(
        isJson
          ? answerJson<DrRestoreAnswer>({
              ...described(planned),
              outcome: "planned",
              estimate,
              steps,
            })
          : plannedText(planned, estimate, environment, terminal.columns),
      );
      return exitCodes.ok;
    }
    terminal.err(`${environment}: ${choice.target} from ${pointText(choice)}`);
    if (planned.done.chosen !== null)
      terminal.err(`It goes on with what was begun at ${choice.at}.`);
    else terminal.err(estimateText(estimate));
    const verify = verifierOf(input, {
      plan: planned.view.plan,
      deployedUrl: async () => url,
      interrupted,
    });
    const restored = await restoreTable(opened, gateways, planned, {
      consent: consentOf(input),
      openStack: openRestoreStack(service, planned.view.release, world, done),
      // The emulator takes a table's key when it makes it, and never again.
      lacking: isEmulated() ? ["key"] : [],
      compare: comparing(planned, world),
      verify:
        verify &&
        (async (answersAt) => {
          url = answersAt;
          return verify();
        }),
      interrupted,
      onWait: (what, seconds) => terminal.err(`waiting for ${what}, ${seconds} s so far`),
      onStep: done,
    });
    terminal.out(
      isJson
        ? answerJson<DrRestoreAnswer>({
            ...described(planned),
            outcome: "restored",
            operation: restored.operation,
            url: restored.url,
            progress: restored.steps,
            verification: restored.verification ?? null,
            steps,
          })
        : restoredText(planned, restored, environment, terminal.columns),
    );
    const replicas = there?.replicas ?? [];
    if (replicas.length > 0) {
      terminal.err(
        `${choice.source} has replicas in ${replicas.join(", ")}, ${choice.target} has those that Terraform has made. What stands by there reads the old ones until it is deployed again.`,
      );
    }
    terminal.err(`Next: lambdakit status --env ${environment}`);
    return exitCodes.ok;
  },
};

function described({ choice, view, there }: PlannedRestore) {
  const { table, source, target, from, isLost, settingsFrom } = choice;
  const { environment } = view.plan;
  return {
    environment,
    release: view.release.id,
    table,
    source,
    target,
    from,
    isLost,
    settingsFrom,
    replicas: there?.replicas ?? [],
  };
}
