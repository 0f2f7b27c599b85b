import type { UnlockAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import type { EnvironmentName } from "../../manifest/index.ts";
import { openEnvironment } from "../../release/index.ts";
import type { StackRun } from "../../terraform/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input, World } from "../command.ts";
import { openDeployment, targetOptions } from "../deployment/target.ts";
import { openPlace, placeOptions } from "../recovery/open-place.ts";
import { openRegions } from "../recovery/open-regions.ts";

export const unlock: Command = {
  name: "unlock",
  summary: "let others in after a command that was killed",
  description:
    "Takes away the lock of an environment's state, or says of an operation of the release history that its command is gone; the refused command has told the lock's id, or the operation's number. Only where whoever holds it has certainly ended: two applies at once spoil the state.",
  examples: [
    "lambdakit unlock --env dev 8d5f7a0c-1e0e-4b3b-9f6e-0f7a3c1d2e4b",
    "lambdakit unlock --env sit 17",
    "lambdakit unlock --env prod --standby 3",
  ],
  options: { ...targetOptions, ...placeOptions },
  arguments: ["LOCK_ID"],

  async run(input, world) {
    const [lockId] = input.arguments;
    const environment = input.text("env") as EnvironmentName;
    if (lockId === undefined) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: "Which lock? Its id is needed.",
        fix: `lambdakit plan --env ${environment}, which tells it`,
        at: "LOCK_ID",
      });
    }
    if (/^\d+$/.test(lockId)) await abandon(Number(lockId), input, world);
    else {
      const run = input.flag("standby")
        ? await openStandbyStack(input, world)
        : (await openDeployment(input, world)).run;
      await run.unlock(lockId);
    }
    const isJson = input.flag("json");
    world.terminal.out(
      isJson
        ? answerJson<UnlockAnswer>({ environment, unlocked: lockId })
        : `${environment} is unlocked.`,
    );
    return exitCodes.ok;
  },
};

async function openStandbyStack(input: Input, world: World): Promise<StackRun> {
  const { findTerraform, openServiceStack } = await import("../../terraform/index.ts");
  const { interrupted } = world;
  const terraform = await findTerraform();
  const { service, standby: plan, done: onStep } = await openRegions(input, world);
  const { directory } = service;
  return openServiceStack({ terraform, directory, plan, artifacts: {}, interrupted, onStep });
}

/** @throws {LambdakitError} CLI_BAD_VALUE where there is no such operation, or it has ended */
async function abandon(number: number, input: Input, world: World): Promise<void> {
  const { plan, caller } = await openPlace(input, world);
  const { history } = openEnvironment(plan, caller);
  const operations = await history.read();
  const operation = operations.find((one) => one.number === number);
  const isHeld = operation !== undefined && (await history.abandon(operation, caller.arn));
  if (isHeld) return;
  // A restore that has failed keeps others out until somebody gives it up.
  const isRestore = operation?.started.action === "restore" && operation === operations[0];
  if (isRestore && operation?.ended?.outcome === "failed") {
    await history.giveUp(operations, operation);
    return;
  }
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `Operation ${number} of ${plan.environment} ${operation === undefined ? "does not exist" : "has ended already"}.`,
    fix: `lambdakit releases history --env ${plan.environment}${input.flag("standby") ? " --standby" : ""}`,
    at: "LOCK_ID",
  });
}
