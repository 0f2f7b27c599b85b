import { LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import type { EnvironmentName } from "../../plan/index.ts";
import { allAtOnce, type CanaryStep, parseCanary } from "../../release/index.ts";
import type { Input, Option } from "../command.ts";

/** How callers get a new release. */
export const trafficOptions = {
  canary: {
    type: "text",
    placeholder: "STEPS",
    description: "a share of the requests first, such as 10%:5m; default for prod",
  },
  "all-at-once": { type: "flag", description: "all requests at once; default for dev and sit" },
} as const satisfies Record<string, Option>;

/** Where customers are, they are not all asked at once. */
const usualCanary = "10%:5m";

/**
 * How an environment's callers are to get a new release.
 *
 * @throws {LambdakitError} RELEASE_CANARY_INVALID; CLI_BAD_VALUE where both are said
 */
export function stepsOf(input: Input, environment: EnvironmentName): readonly CanaryStep[] {
  const canary = input.text("canary");
  if (canary === undefined) {
    const isLast = environment === environmentNames.at(-1);
    return input.flag("all-at-once") || !isLast ? allAtOnce : parseCanary(usualCanary);
  }
  if (input.flag("all-at-once")) {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: "--canary and --all-at-once say the opposite of each other.",
      fix: "leave one of them out",
      at: "--all-at-once",
    });
  }
  return parseCanary(canary);
}
