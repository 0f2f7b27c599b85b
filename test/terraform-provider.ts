/**
 * Terraform's provider kept running, for tests: those of a plain `apply`, and of a command that is killed, leave
 * it to Terraform.
 */
import { keepProviders as keep } from "../src/emulator/keep-providers.ts";
import { findProvider, type TerraformTools } from "./terraform.ts";

export interface Providers {
  /** What Terraform has to find in its environment, beside the variables that it is given. */
  attach(variables: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv>;
  stop(): Promise<void>;
}

/** Where there is no program to start, Terraform does as ever. */
export function keepProviders(tools: TerraformTools): Providers {
  const program = findProvider(tools);
  const providers = keep();
  return {
    attach: async (variables) =>
      program === undefined ? {} : providers.attach(program, variables),
    stop: () => providers.stop(),
  };
}
