import { prepareDocument } from "../document.ts";
import type { TrustPolicy } from "../policy.ts";
import { readCaller, type TrustCaller } from "./caller.ts";
import { prepareTrustStatement } from "./trust-statement.ts";

/** Which statement it is: positions count from 0. */
export interface TrustPlace {
  readonly statement: number;
  /** Null where the statement has none. */
  readonly sid: string | null;
}

/** A statement that would allow it, and what of it the caller does not fit. */
export interface UnmetGrant extends TrustPlace {
  /** Such as `Principal`, or `StringEquals token.actions.githubusercontent.com:sub`. */
  readonly lacks: readonly string[];
}

/** What a trust policy says, and why. */
export type TrustDecision =
  | { readonly effect: "allowed"; readonly by: TrustPlace }
  | { readonly effect: "explicit-deny"; readonly by: TrustPlace }
  | { readonly effect: "implicit-deny"; readonly unmet: readonly UnmetGrant[] };

/**
 * Whether a role's trust policy lets the caller take the role on. Who comes with credentials of AWS needs a
 * policy of its own besides, if it is of another account, or if the account as a whole is trusted.
 *
 * @throws {PolicyError} `POLICY_INVALID` where IAM would refuse the policy
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (2026-11-26)
 */
export function evaluateTrust(policy: TrustPolicy, caller: TrustCaller): TrustDecision {
  return prepareTrust(policy)(caller);
}

/**
 * As {@link evaluateTrust}, for many callers: the policy is read once.
 *
 * @throws {PolicyError} `POLICY_INVALID` where IAM would refuse the policy
 */
export function prepareTrust(policy: TrustPolicy): (caller: TrustCaller) => TrustDecision {
  const statements = prepareDocument(policy, "trust", prepareTrustStatement).map(
    (prepared, statement) => ({ ...prepared, place: { statement, sid: prepared.sid } }),
  );
  const denials = statements.filter(({ effect }) => effect === "Deny");
  const grants = statements.filter(({ effect }) => effect === "Allow");

  return (caller) => {
    const asked = readCaller(caller);
    const denial = denials.find(({ lacks }) => lacks(asked).length === 0);
    if (denial !== undefined) return { effect: "explicit-deny", by: denial.place };
    const unmet: UnmetGrant[] = [];
    for (const { place, lacks } of grants) {
      const lacking = lacks(asked);
      if (lacking.length === 0) return { effect: "allowed", by: place };
      unmet.push({ ...place, lacks: lacking });
    }
    return { effect: "implicit-deny", unmet };
  };
}
