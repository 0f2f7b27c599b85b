import type { ServicePlan } from "../../plan/index.ts";
import type { Verification } from "../../verify/index.ts";
import type { Input, Option } from "../command.ts";
import { callerToken } from "../verification/caller-token.ts";
import { statedUrl } from "../verification/service-url.ts";

/** Whether, and where, a service is verified once it is live. */
export const verifyOptions = {
  url: {
    type: "text",
    placeholder: "URL",
    description: "where the API answers, if not where Terraform says; or LAMBDAKIT_URL",
  },
  "skip-verify": { type: "flag", description: "do not look: it cannot be promoted then" },
} as const satisfies Record<string, Option>;

export interface VerifierOptions {
  readonly plan: ServicePlan;
  /** Where it was deployed to; null where it has no API. */
  readonly deployedUrl: () => Promise<string | null>;
  readonly interrupted: AbortSignal;
}

/** A stage that was just made answers 403 for some seconds. */
const newApiSeconds = 60;

/** Verifies a service where it answers; nothing where nobody is to look. */
export function verifierOf(
  input: Input,
  { plan, deployedUrl, interrupted }: VerifierOptions,
): (() => Promise<Verification>) | undefined {
  if (input.flag("skip-verify")) return undefined;
  // What is mistyped is said before anything is changed.
  const stated = statedUrl(input);
  const token = callerToken();
  return async () => {
    const url = stated ?? (await deployedUrl());
    // What has no API promises nothing to callers.
    if (url === null) return { url: "", passed: true, checks: [] };
    const { verifyService } = await import("../../verify/index.ts");
    const roundTrip = plan.deployment.next !== null;
    return verifyService({
      plan,
      url,
      roundTrip,
      token,
      interrupted,
      patienceSeconds: newApiSeconds,
      onCheck: () => {},
    });
  };
}
