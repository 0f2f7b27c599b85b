import { type Access, Metrics, ReplicatedTables } from "../../aws/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { RegionSide } from "../../recover/index.ts";
import { openEnvironment } from "../../release/index.ts";
import type { Caller } from "../../terraform/index.ts";

/** A region of a service, as AWS has it. */
export function regionSide(plan: ServicePlan, caller: Caller, access: Access = {}): RegionSide {
  return {
    plan,
    environment: openEnvironment(plan, caller, access),
    tables: new ReplicatedTables(plan.region, access),
    metrics: new Metrics(plan.region, access),
  };
}
