import { LambdakitError } from "../errors/index.ts";
import { routeName } from "../names.ts";
import type { ServicePlan } from "../plan/index.ts";

/** What a manifest can ask for that is not done on this machine. */
export const notEmulatedNames = ["ephemeral-storage", "iam", "runtime"] as const;

export type NotEmulatedName = (typeof notEmulatedNames)[number];

export interface NotEmulated {
  readonly name: NotEmulatedName;
  /** What is asked for, and what happens instead. */
  readonly reason: string;
}

/** Lambda's default: what nobody asked for need not be told of. */
const defaultStorageMb = 512;

/** What this service asks for, and would not get here. */
export function notEmulated(plan: Pick<ServicePlan, "functions" | "api">): NotEmulated[] {
  return [...largerStorage(plan), ...signedRoutes(plan)];
}

function largerStorage({ functions }: Pick<ServicePlan, "functions">): NotEmulated[] {
  const larger = functions.filter((one) => one.ephemeralStorageMb !== defaultStorageMb);
  if (larger.length === 0) return [];
  const asked = larger.map((one) => `${one.key} asks for ${one.ephemeralStorageMb} MB`).join(", ");
  return [
    {
      name: "ephemeral-storage",
      reason: `${asked} of /tmp; here /tmp is as large as this machine's disk`,
    },
  ];
}

function signedRoutes({ api }: Pick<ServicePlan, "api">): NotEmulated[] {
  const signed = api.routes.filter(({ auth }) => auth.type === "iam").map(routeName);
  if (signed.length === 0) return [];
  return [
    {
      name: "iam",
      reason: `${signed.join(", ")} ${signed.length === 1 ? "is" : "are"} for callers that IAM allows; here a request has to be signed, and any signature counts`,
    },
  ];
}

/**
 * Stops at what would silently be otherwise than in AWS, unless it was said to be known.
 *
 * @param known names that were given with `--not-emulated`
 * @returns what is not emulated, and known
 * @throws {LambdakitError} DEV_NOT_EMULATED
 */
export function refuseNotEmulated(
  plan: Pick<ServicePlan, "functions" | "api">,
  known: readonly string[],
): NotEmulated[] {
  const all = notEmulated(plan);
  if (all.every(({ name }) => known.includes(name))) return all;
  throw new LambdakitError("DEV_NOT_EMULATED", {
    message: `The service asks for what is not emulated. ${all.map(({ name, reason }) => `${name}: ${reason}.`).join(" ")}`,
    fix: `lambdakit dev --not-emulated ${all.map(({ name }) => name).join(",")}`,
    at: "service.ts",
  });
}
