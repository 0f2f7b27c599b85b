import type { EjectAnswer } from "../../answers/index.ts";
import { exitCodes } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { type LoadedService, loadService } from "../../package/index.ts";
import { planService, standbyPlan } from "../../plan/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input, World } from "../command.ts";
import { shortPath } from "../short-path.ts";

export const eject: Command = {
  name: "eject",
  summary: "take a service out of lambdakit, which is then not needed",
  description:
    "Writes everything that the service needs on its own: scripts/ for npm run build, plan, deploy and start; the library that its source and tests import, built, in vendor/lambdakit; Terraform's stacks and modules; workflows that call the scripts, with the same roles. No line of its source changes, and nothing in AWS does. EJECTED.md says what is not there any more, and what to do in its place. Wants a git repository of its own with nothing uncommitted in it, so that all of it is one difference to look at, and one commit to take back. With --only terraform, copies terraform/stacks/service and terraform/modules beside service.ts, which lambdakit plan and deploy use from then on; to go back, delete the two folders.",
  examples: ["lambdakit eject --dry-run", "lambdakit eject", "lambdakit eject --only terraform"],
  options: {
    only: {
      type: "choice",
      choices: ["terraform"],
      description: "leave with the Terraform alone, and keep lambdakit",
    },
    "dry-run": { type: "flag", description: "write nothing: list what would be" },
    force: { type: "flag", description: "whatever is not committed" },
  },
  arguments: [],

  async run(input, world, cli) {
    const service = await loadService(input.text("service") ?? ".");
    if (input.text("only") === "terraform") return ejectTerraform(service, input, world);
    const { ejectWhole } = await import("../ejecting/eject-whole.ts");
    return ejectWhole(service, input, world, cli);
  },
};

async function ejectTerraform(
  { directory, manifest }: LoadedService,
  input: Input,
  { terminal }: World,
): Promise<number> {
  const { ejectStack } = await import("../../terraform/index.ts");
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
}
