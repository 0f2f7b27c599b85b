import type { ServicePlan } from "../../plan/index.ts";
import type { Caller } from "../../terraform/index.ts";
import type { Input, Option, World } from "../command.ts";
import { openTarget } from "../deployment/target.ts";
import { openRegions } from "./open-regions.ts";

/** Which of an environment's two regions a command is about. */
export const placeOptions = {
  standby: { type: "flag", description: "of the region that stands by" },
} as const satisfies Record<string, Option>;

/** An environment where callers are, or where it stands by, without asking the other region. */
export async function openPlace(
  input: Input,
  world: World,
): Promise<{ readonly plan: ServicePlan; readonly caller: Caller }> {
  if (!input.flag("standby")) return openTarget(input, world);
  const { standby, caller } = await openRegions(input, world);
  return { plan: standby, caller };
}
