import { exitCodes, LambdakitError } from "../../errors/index.ts";
import type { Command } from "../command.ts";
import { openDeployment, targetOptions } from "../deployment/target.ts";

export const unlock: Command = {
  name: "unlock",
  summary: "take away the lock of a deploy that was killed",
  description:
    "Takes away the lock of an environment's state, whose id the refused command has told. Only where whoever holds it has certainly ended: two applies at once spoil the state.",
  examples: ["lambdakit unlock --env dev 8d5f7a0c-1e0e-4b3b-9f6e-0f7a3c1d2e4b"],
  options: { ...targetOptions },
  arguments: ["LOCK_ID"],

  async run(input, world) {
    const [lockId] = input.arguments;
    const environment = input.text("env");
    if (lockId === undefined) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: "Which lock? Its id is needed.",
        fix: `lambdakit plan --env ${environment}, which tells it`,
        at: "LOCK_ID",
      });
    }
    const { run } = await openDeployment(input, world);
    await run.unlock(lockId);
    const isJson = input.flag("json");
    world.terminal.out(
      isJson ? JSON.stringify({ environment, unlocked: lockId }) : `${environment} is unlocked.`,
    );
    return exitCodes.ok;
  },
};
