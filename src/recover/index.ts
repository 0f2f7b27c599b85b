/**
 * Recovery: to be back where something was lost.
 *
 * Takes service plans, gateways to AWS and an environment's history. Gives a region that stands by with the same
 * release, and callers who were led there and back. Its one rule: nothing is removed, and every step can be done twice.
 */
export {
  bringStandby,
  type PlannedStandby,
  type Standby,
  type StandbyOptions,
} from "./failover/bring-standby.ts";
export { type CallersMove, type MoveOptions, moveCallers } from "./failover/move-callers.ts";
export type { NameSwitch, RegionSide } from "./failover/region-side.ts";
export type { Replication } from "./failover/replication.ts";
