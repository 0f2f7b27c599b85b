import { type Access, Alarms } from "../../aws/index.ts";
import type { ServicePlan } from "../../plan/index.ts";

/** The alarms of an environment's account. */
export function openAlarms({ region }: ServicePlan, access: Access): Alarms {
  return new Alarms(region, access);
}
