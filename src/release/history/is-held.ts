import { isAlive } from "../../system/index.ts";
import type { Place } from "../origin.ts";
import type { Operation } from "./operation.ts";

/** A long `terraform apply` writes nothing down; a workflow's job has ended long before. */
const heldForMinutes = 60;

/**
 * Whether the command of an operation may still be running. On this machine that is known; of another one
 * it is assumed for an hour after its last step.
 */
export function isHeld(
  { started, applied, shares, verified, restore, ended }: Operation,
  here: Place,
): boolean {
  if (ended !== null) return false;
  const { from } = started;
  if (from.host === here.host && from.run === here.run) return isAlive(from.pid);
  const steps = Object.values(restore ?? {}).map((step: { at: string } | null) => step?.at);
  const times = [
    started.at,
    applied?.at,
    verified?.at,
    ...shares.map(({ until }) => until),
    ...steps,
  ];
  const last = Math.max(...times.flatMap((at) => (at === undefined ? [] : Date.parse(at))));
  return Date.now() < last + heldForMinutes * 60_000;
}
