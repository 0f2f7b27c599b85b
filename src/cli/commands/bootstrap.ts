import { exitCodes } from "../../errors/index.ts";
import type { Command } from "../command.ts";
import { changesText, doneText } from "../deployment/changes-text.ts";
import { deliveryCommand } from "../deployment/delivery-command.ts";
import { showChanges } from "../deployment/show-changes.ts";
import { openAccount, targetOptions } from "../deployment/target.ts";
import { createStyle } from "../style.ts";

export const bootstrap: Command = {
  name: "bootstrap",
  summary: "prepare an account for its services, once",
  description:
    "Makes what an account needs before the first deploy, by an administrator: the bucket of Terraform's states and that of artifacts, GitHub's identity provider, the service's deploy role, and the boundaries that no role goes beyond. Run it again after a change, or for another service of the account: it changes only what differs.",
  examples: ["lambdakit bootstrap --env dev", "lambdakit bootstrap --env prod --plan"],
  options: {
    ...targetOptions,
    plan: { type: "flag", description: "show what would change, and change nothing" },
  },
  arguments: [],

  async run(input, world) {
    const { terminal, interrupted } = world;
    const { findTerraform, openAccountStack } = await import("../../terraform/index.ts");
    const terraform = await findTerraform();
    const { service, plan, steps, done } = await openAccount(input, world);
    const { directory } = service;
    const planOnly = input.flag("plan");
    const run = await openAccountStack({
      terraform,
      directory,
      plan,
      planOnly,
      interrupted,
      onStep: done,
    });
    const changes = await run.plan();
    const { environment, accountId } = plan;
    const style = createStyle(terminal.color);
    const json = (more: object) =>
      JSON.stringify({ environment, accountId, changes, ...more }, null, 2);
    if (planOnly) {
      terminal.out(input.flag("json") ? json({ steps }) : changesText(changes, style));
      return changes.length === 0 ? exitCodes.ok : exitCodes.differences;
    }
    showChanges(run, changes, world);
    if (changes.length > 0) await run.apply();
    const outputs = await run.outputs();
    terminal.out(
      input.flag("json") ? json({ outputs, steps }) : `${accountId}: ${doneText(changes)}`,
    );
    terminal.err(`Next: ${deliveryCommand(environment)}`);
    return exitCodes.ok;
  },
};
