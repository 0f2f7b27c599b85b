/**
 * Terraform's provider kept running, for tests: those of a plain `apply`, and of a command that is killed, leave
 * it to Terraform.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { keepProviders as keep } from "../src/emulator/keep-providers.ts";
import { findProvider, type TerraformTools } from "./terraform.ts";

const terraform = fileURLToPath(new URL("../terraform", import.meta.url));

export interface Providers {
  /**
   * What Terraform has to find in its environment, beside the variables that it is given.
   *
   * @param stack what Terraform is run in, such as `stacks/service`
   */
  attach(variables: NodeJS.ProcessEnv, stack: string): Promise<NodeJS.ProcessEnv>;
  stop(): Promise<void>;
}

/** Where there is no program to start, Terraform does as ever. */
export function keepProviders(tools: TerraformTools): Providers {
  const program = findProvider(tools);
  const providers = keep();
  const slow = new Set<string>();
  return {
    async attach(variables, stack) {
      if (program !== undefined && hasOneProvider(stack))
        return providers.attach(program, variables);
      if (!slow.has(stack)) {
        process.stderr.write(`Terraform starts the provider of ${stack} itself: slow.\n`);
      }
      slow.add(stack);
      return {};
    },
    stop: () => providers.stop(),
  };
}

/** A process has one configuration: a stack with a second one, for another region, cannot attach. */
function hasOneProvider(stack: string): boolean {
  const folder = path.join(terraform, stack);
  const files = readdirSync(folder).filter((file) => file.endsWith(".tf"));
  const text = files.map((file) => readFileSync(path.join(folder, file), "utf8")).join("\n");
  return (text.match(/^provider "aws"/gm) ?? []).length <= 1;
}
