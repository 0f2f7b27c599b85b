import type { DestroyAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { openEnvironment, recordDestruction } from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { doneText } from "../deployment/changes-text.ts";
import { showChanges } from "../deployment/show-changes.ts";
import { openDeployment, targetOptions } from "../deployment/target.ts";

/** What has to be typed: there is no way back. */
const confirmation = "destroy";

export const destroy: Command = {
  name: "destroy",
  summary: "delete everything of a service in DEV, its data too",
  description:
    "Shows everything of the service in DEV, and with --confirm destroy deletes it. The account's buckets and roles stay, and so do artifacts. SIT and PROD cannot be destroyed: their tables are protected.",
  examples: ["lambdakit destroy --env dev", "lambdakit destroy --env dev --confirm destroy"],
  options: {
    ...targetOptions,
    confirm: { type: "text", placeholder: "WORD", description: `has to be ${confirmation}` },
  },
  arguments: [],

  async run(input, world) {
    const { terminal } = world;
    const environment = input.text("env");
    if (environment !== "dev") {
      throw new LambdakitError("DEPLOY_PROTECTED", {
        message: `${environment} is not destroyed by a command: its tables hold what nobody can make again.`,
        fix: "delete it by hand in AWS's console, if that is really meant",
      });
    }
    const { run, plan, caller, steps } = await openDeployment(input, world);
    const changes = await run.plan({ destroys: true });
    showChanges(run, changes, world);
    if (changes.length > 0) {
      if (input.text("confirm") !== confirmation) {
        throw new LambdakitError("DEPLOY_NOT_CONFIRMED", {
          message: `All of this is deleted from ${environment} only with --confirm ${confirmation}.`,
          fix: `lambdakit destroy --env ${environment} --confirm ${confirmation}`,
        });
      }
      await recordDestruction(openEnvironment(plan, caller), () => run.apply());
    }
    terminal.out(
      input.flag("json")
        ? answerJson<DestroyAnswer>({ environment, changes, steps })
        : `${environment}: ${doneText(changes)}`,
    );
    return exitCodes.ok;
  },
};
