import { exitCodes } from "../../errors/index.ts";
import type { Change, StackRun } from "../../terraform/index.ts";
import type { Command } from "../command.ts";
import { changesText, doneText } from "../deployment/changes-text.ts";
import { deliveryCommand } from "../deployment/delivery-command.ts";
import { showChanges } from "../deployment/show-changes.ts";
import { openTarget, targetOptions } from "../deployment/target.ts";
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
    const { terminal, interrupted } = world;
    const { findTerraform, openAccountStack, openRecoveryRegionStack } = await import(
      "../../terraform/index.ts"
    );
    const terraform = await findTerraform();
    const { service, plan, steps, done } = await openTarget(input, world);
    const { environment, accountId, recovery } = plan;
    const planOnly = input.flag("plan");
    const options = {
      terraform,
      directory: service.directory,
      plan,
      planOnly,
      interrupted,
      onStep: done,
    };
    const style = createStyle(terminal.color);
    const prepare = async (run: StackRun): Promise<Prepared> => {
      const changes = await run.plan();
      if (planOnly) return { changes };
      showChanges(run, changes, world);
      if (changes.length > 0) await run.apply();
      return { changes, outputs: await run.outputs() };
    };
    // First what the account's stack copies its buckets to.
    const there = await openRecoveryRegionStack(options);
    const standby = there === null ? null : await prepare(there);
    const { changes, outputs } = await prepare(await openAccountStack(options));
    const region = recovery.standby?.region;
    if (input.flag("json")) {
      const recoveryRegion = standby === null ? null : { region, ...standby };
      terminal.out(
        JSON.stringify(
          { environment, accountId, changes, outputs, recoveryRegion, steps },
          null,
          2,
        ),
      );
    } else {
      const text = (of: Prepared) =>
        planOnly ? changesText(of.changes, style) : doneText(of.changes);
      const separator = planOnly ? ":\n" : ": ";
      terminal.out(
        standby === null
          ? planOnly
            ? text({ changes })
            : `${accountId}: ${text({ changes })}`
          : [
              `${accountId}, ${region}${separator}${text(standby)}`,
              `${accountId}, ${plan.region}${separator}${text({ changes })}`,
            ].join("\n"),
      );
    }
    if (!planOnly) terminal.err(`Next: ${deliveryCommand(environment)}`);
    const isSame = changes.length + (standby?.changes.length ?? 0) === 0;
    return planOnly && !isSame ? exitCodes.differences : exitCodes.ok;
  },
};

/** What became of one region of the account, or would. */
interface Prepared {
  readonly changes: readonly Change[];
  readonly outputs?: Readonly<Record<string, unknown>>;
}
