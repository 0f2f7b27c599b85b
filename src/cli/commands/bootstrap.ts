import type { BootstrapAnswer } from "../../answers/index.ts";
import { exitCodes } from "../../errors/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { changesText, doneText } from "../deployment/changes-text.ts";
import { deliveryCommand } from "../deployment/delivery-command.ts";
import { prepareAccount } from "../deployment/prepare-account.ts";
import { openAccount, targetOptions } from "../deployment/target.ts";
import { createStyle } from "../style.ts";

export const bootstrap: Command = {
  name: "bootstrap",
  summary: "prepare an account for its services, once",
  description:
    "Makes what an account needs before the first deploy, by an administrator: the bucket of Terraform's states and that of artifacts, GitHub's identity provider, the service's deploy role, and the boundaries that no role goes beyond. Where the environment has a recoveryRegion, that region gets its buckets, too, and copies of what comes into the others. Run it again after a change, or for another service of the account: it changes only what differs.",
  examples: ["lambdakit bootstrap --env dev", "lambdakit bootstrap --env prod --plan"],
  options: {
    ...targetOptions,
    plan: { type: "flag", description: "show what would change, and change nothing" },
  },
  arguments: [],

  async run(input, world) {
    const { terminal } = world;
    const planOnly = input.flag("plan");
    const { findTerraform } = await import("../../terraform/index.ts");
    const terraform = await findTerraform();
    const target = await openAccount(input, world);
    const { account, recoveryRegion } = await prepareAccount(target, world, terraform, planOnly);
    const { plan, steps } = target;
    const { environment, accountId } = plan;
    const style = createStyle(terminal.color);
    const all = recoveryRegion === null ? [account] : [recoveryRegion, account];
    if (input.flag("json")) {
      const { region: _, ...made } = account;
      const answer = { environment, accountId, ...made, recoveryRegion, steps };
      terminal.out(answerJson<BootstrapAnswer>(answer));
    } else {
      const name = (region = "") => (all.length === 1 ? accountId : `${accountId}, ${region}`);
      for (const { region, changes } of all) {
        if (planOnly && all.length > 1) terminal.out(`${name(region)}:`);
        terminal.out(
          planOnly ? changesText(changes, style) : `${name(region)}: ${doneText(changes)}`,
        );
      }
    }
    if (!planOnly) {
      terminal.err(`Next: ${deliveryCommand(environment)}`);
      return exitCodes.ok;
    }
    return all.every(({ changes }) => changes.length === 0) ? exitCodes.ok : exitCodes.differences;
  },
};
