import type { EnvironmentName, ServicePlan } from "../plan/index.ts";
import type { CommandAct, Look } from "./act.ts";

/** A command in an environment's account, that ends well with 0. */
export function command(
  { environment }: ServicePlan,
  args: readonly string[],
  look: Look,
): CommandAct {
  return { kind: "command", environment, args, exitCode: 0, look };
}

export function env({ environment }: { readonly environment: EnvironmentName }): readonly string[] {
  return ["--env", environment];
}

/** The words that an environment asks for. */
export function consent({ approval }: ServicePlan): readonly string[] {
  return [
    ...(approval.confirmation === null ? [] : ["--confirm", approval.confirmation]),
    ...(approval.reasonRequired ? ["--reason", "rehearsal"] : []),
  ];
}
