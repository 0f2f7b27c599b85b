import {
  type Access,
  Alarms,
  Aliases,
  type Caller,
  Functions,
  Metrics,
  Tables,
} from "../../aws/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { openEnvironment } from "../../release/index.ts";
import type { StatusPorts } from "./gather.ts";

/**
 * An environment of AWS, to be looked at.
 *
 * @param isEmulated whether that is an emulator, which has not all that AWS has
 */
export function openStatus(
  plan: ServicePlan,
  caller: Caller,
  access: Access,
  isEmulated: boolean,
): StatusPorts {
  const { region, deployment } = plan;
  return {
    environment: openEnvironment(plan, caller, access),
    aliases: new Aliases(deployment.alias, region, access),
    functions: new Functions(region, access),
    metrics: new Metrics(region, access),
    alarms: new Alarms(region, access),
    hasCompositeAlarms: !isEmulated,
    tables: new Tables(region, access),
  };
}
