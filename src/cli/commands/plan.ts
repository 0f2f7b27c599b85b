import type { PlanAnswer } from "../../answers/index.ts";
import { exitCodes } from "../../errors/index.ts";
import { before } from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { changesText } from "../deployment/changes-text.ts";
import { deliveryCommand } from "../deployment/delivery-command.ts";
import { tellUnfinished } from "../deployment/show-changes.ts";
import { openDeployment, targetOptions } from "../deployment/target.ts";
import { tellUnheard } from "../deployment/unheard.ts";
import { lookForSecrets, tellMissingSecrets } from "../secrets/require-secrets.ts";
import { createStyle } from "../style.ts";

export const plan: Command = {
  name: "plan",
  summary: "show what deploy would change, and save that plan",
  description:
    "Packages the service, gives Terraform what follows from service.ts, and shows what would be made, changed, replaced and deleted; what would lose data comes first. Changes nothing. The plan is saved: lambdakit deploy --saved applies exactly that one, in DEV. Of SIT and PROD it shows what this code would need there; they get what lambdakit promote brings. Ends with 2 where there is something to change.",
  examples: [
    "lambdakit plan",
    "lambdakit plan --env prod --service services/product",
    "lambdakit plan --env sit --json",
  ],
  options: { ...targetOptions },
  arguments: [],

  async run(input, world) {
    const { terminal } = world;
    const { run, plan, steps } = await openDeployment(input, world);
    const { environment } = plan;
    const changes = await run.plan();
    tellUnfinished(run, terminal);
    terminal.out(
      input.flag("json")
        ? answerJson<PlanAnswer>({ environment, changes, steps })
        : changesText(changes, createStyle(terminal.color)),
    );
    tellUnheard(plan, terminal);
    tellMissingSecrets(await lookForSecrets(plan, world), plan, world);
    if (changes.length === 0) return exitCodes.ok;
    const isDeployedTo = before(environment) === undefined;
    terminal.err(`Next: ${deliveryCommand(environment)}${isDeployedTo ? " --saved" : ""}`);
    return exitCodes.differences;
  },
};
