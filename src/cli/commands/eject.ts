import type { EjectAnswer } from "../../answers/index.ts";
import { exitCodes } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { loadService } from "../../package/index.ts";
import { planService, standbyPlan } from "../../plan/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { shortPath } from "../short-path.ts";

export const eject: Command = {
  name: "eject",
  summary: "copy the Terraform of a service beside it, to be changed there",
  description:
    "Writes terraform/stacks/service and terraform/modules beside service.ts: plain Terraform, which lambdakit plan and deploy use from then on, and which terraform itself can be run in. Its variables still follow from service.ts (lambdakit generate). To go back, delete the two folders.",
  examples: ["lambdakit eject", "lambdakit eject --service services/product"],
  options: {},
  arguments: [],

  async run(input, { terminal }) {
    const { ejectStack } = await import("../../terraform/index.ts");
    const { directory, manifest } = await loadService(input.text("service") ?? ".");
    const plans = environmentNames.flatMap((environment) => [
      planService(manifest, environment),
      ...[standbyPlan(manifest, environment)].filter((plan) => plan !== null),
    ]);
    const ejected = await ejectStack(directory, plans);
    if (input.flag("json")) {
      terminal.out(answerJson<EjectAnswer>(ejected));
      return exitCodes.ok;
    }
    const folder = shortPath(ejected.directory);
    terminal.out(folder);
    const [first] = ejected.commands;
    terminal.err(
      ["Next: lambdakit plan, and then", `cd ${folder}`, first?.init, first?.plan].join("\n  "),
    );
    return exitCodes.ok;
  },
};
