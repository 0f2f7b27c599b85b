import type { ServicePlan } from "../../plan/index.ts";
import type { Release } from "../../release/index.ts";
import type { TerraformProgram } from "../../terraform/index.ts";
import type { World } from "../command.ts";
import { type DeployedStack, releaseStack } from "./release-stack.ts";
import { showChanges } from "./show-changes.ts";

export interface TakingOver {
  readonly terraform: TerraformProgram;
  /** The service's folder. */
  readonly directory: string;
  readonly plan: ServicePlan;
  readonly artifacts: Release["artifacts"];
  /** Tables that are there already: their names, by their keys. */
  readonly tables: ReadonlyMap<string, string>;
  readonly onStep: (what: string) => void;
}

/** The stack of a release whose next apply takes over tables that are there. Nothing is built; changes are shown. */
export async function takingOver(
  { terraform, directory, plan, artifacts, tables, onStep }: TakingOver,
  world: World,
): Promise<DeployedStack> {
  const { importFile, openServiceStack, tableAddress } = await import("../../terraform/index.ts");
  const imports = new Map([...tables].map(([key, name]) => [tableAddress(plan, key), name]));
  const run = await openServiceStack({
    terraform,
    directory,
    plan,
    artifacts,
    more: imports.size === 0 ? {} : { "restored.tf": importFile(imports) },
    interrupted: world.interrupted,
    onStep,
  });
  return releaseStack(run, onStep, async () => {
    const changes = await run.plan();
    showChanges(run, changes, world);
    return changes;
  });
}
