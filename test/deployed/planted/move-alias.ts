import type { PlantedService } from "./plant-service.ts";

/**
 * Leads a function's callers to a version, by the one call of AWS that does it.
 *
 * @param weights the shares of other versions, from 0 to 1; those of before are gone
 */
export async function moveAlias(
  { account, plan }: Pick<PlantedService, "account" | "plan">,
  key: string,
  version: string,
  weights: Readonly<Record<string, number>> = {},
): Promise<void> {
  const name = plan.functions.find((one) => one.key === key)?.name;
  await account.ask("lambda", `/2015-03-31/functions/${name}/aliases/${plan.deployment.alias}`, {
    method: "PUT",
    body: JSON.stringify({
      FunctionVersion: version,
      RoutingConfig: { AdditionalVersionWeights: weights },
    }),
  });
}
