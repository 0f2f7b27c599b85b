import path from "node:path";
import { backendConfiguration } from "../../deploy/index.ts";
import { exitCodes } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { loadService } from "../../package/index.ts";
import { planService } from "../../plan/index.ts";
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
    const folder = await ejectStack(directory);
    const commands = environmentNames.map((environment) => {
      const backend = Object.entries(backendConfiguration(planService(manifest, environment)));
      const given = backend.map(([name, value]) => `-backend-config=${name}=${value}`).join(" ");
      const artifacts = path.join(directory, ".lambdakit", "terraform", environment);
      const files = [
        path.join(directory, "terraform", "environments", `${environment}.tfvars.json`),
        path.join(artifacts, "artifacts.tfvars.json"),
      ].map((file) => `-var-file=${path.relative(folder, file)}`);
      return {
        environment,
        init: `terraform init -reconfigure ${given}`,
        plan: `terraform plan ${files.join(" ")}`,
      };
    });
    if (input.flag("json")) {
      terminal.out(JSON.stringify({ directory: folder, commands }, null, 2));
      return exitCodes.ok;
    }
    terminal.out(shortPath(folder));
    const [first] = commands;
    terminal.err(
      ["Next, after a lambdakit plan:", `cd ${shortPath(folder)}`, first?.init, first?.plan].join(
        "\n  ",
      ),
    );
    return exitCodes.ok;
  },
};
