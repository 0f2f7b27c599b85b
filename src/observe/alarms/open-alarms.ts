import { type Access, Alarms } from "../../aws/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { AlarmPorts } from "./read-alarms.ts";

/**
 * The alarms of an environment's account.
 *
 * @param isEmulated whether that is an emulator, which has none over others
 */
export function openAlarms(
  { region }: ServicePlan,
  access: Access,
  isEmulated: boolean,
): AlarmPorts {
  return { alarms: new Alarms(region, access), hasCompositeAlarms: !isEmulated };
}
