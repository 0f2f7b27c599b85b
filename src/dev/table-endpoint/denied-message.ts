import type { AccessRequest } from "../../evaluate/index.ts";

/**
 * What AWS says of a call that a policy does not allow.
 * @param user the ARN of whoever calls
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function deniedMessage(
  user: string,
  { action, resource }: Pick<AccessRequest, "action" | "resource">,
  effect: "implicit-deny" | "explicit-deny",
): string {
  const reason =
    effect === "explicit-deny"
      ? "with an explicit deny in an identity-based policy"
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}
