import { checkElements, listOf, objectOf } from "../form.ts";
import { PolicyError } from "../policy-error.ts";
import { isWebIdentity, type TrustCaller } from "./caller.ts";

/** Whether a statement is about this caller. */
export type PrincipalMatcher = (caller: TrustCaller) => boolean;

/**
 * Reads the `Principal` of a trust policy. `"*"` is everybody, whatever they come with. An account, or its
 * root, is all principals of the account; their own policies have to let them ask, which is not seen here.
 *
 * @throws {PolicyError} where IAM would refuse it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html (2026-11-26)
 */
export function preparePrincipal(written: unknown, at: string): PrincipalMatcher {
  if (written === "*") return () => true;
  if (written === undefined) {
    throw new PolicyError(at, "The statement has no Principal.", "write whom it is about");
  }
  const kinds = objectOf(written, at);
  checkElements(kinds, ["AWS", "Federated", "Service"], at);
  const matchers = Object.entries(kinds).flatMap(([kind, values]) =>
    listOf(values, `${at}.${kind}`).map((value) => prepareOne(kind, value, `${at}.${kind}`)),
  );
  return (caller) => matchers.some((matches) => matches(caller));
}

function prepareOne(kind: string, value: string, at: string): PrincipalMatcher {
  if (kind === "AWS" && value === "*") return () => true;
  if (/[*?]/.test(value)) {
    const message = `"${value}" has a wildcard, and names of principals have none.`;
    throw new PolicyError(
      at,
      message,
      'write the whole name, or a condition on "aws:PrincipalArn"',
    );
  }
  // No service of AWS's is a caller here.
  if (kind === "Service") return () => false;
  if (kind === "Federated") {
    return (caller) => isWebIdentity(caller) && caller.provider === value;
  }
  const [, account] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(value) ?? [];
  return (caller) =>
    !isWebIdentity(caller) &&
    (account === undefined ? caller.arn === value : caller.accountId === account);
}
