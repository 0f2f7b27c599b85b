import { standbyName } from "../names.ts";
import type { ServicePlan } from "./types.ts";

/** `prod`, or `prod-standby`: what files and folders are called that each place of an environment has its own of. */
export function placeName({
  environment,
  place,
}: Pick<ServicePlan, "environment" | "place">): string {
  return place === "standby" ? standbyName(environment) : environment;
}
