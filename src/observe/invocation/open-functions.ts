import { type Access, Functions } from "../../aws/index.ts";
import type { ServicePlan } from "../../plan/index.ts";

/** The functions of an environment's account, or those that `lambdakit dev` serves. */
export function openFunctions({ region }: Pick<ServicePlan, "region">, access: Access): Functions {
  return new Functions(region, access);
}
