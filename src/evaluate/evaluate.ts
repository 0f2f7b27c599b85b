import { prepareDocument } from "./document.ts";
import type { AccessRequest, PolicyDocument } from "./policy.ts";
import { readRequest } from "./request.ts";
import { type PreparedStatement, prepareStatement } from "./statement.ts";

/** Which statement it is: positions count from 0. */
export interface StatementPlace {
  readonly in: "policies" | "boundaries";
  /** The position of the policy in its list. */
  readonly policy: number;
  /** The position of the statement in its policy. */
  readonly statement: number;
  /** Null where the statement has none. */
  readonly sid: string | null;
}

/** What the policies say, and why. */
export type Decision =
  /** `by` is the first statement that allows it. */
  | { readonly effect: "allowed"; readonly by: StatementPlace }
  /** `by` is the first statement that denies it. */
  | { readonly effect: "explicit-deny"; readonly by: StatementPlace }
  /** None denies it, and none of these allows it. */
  | { readonly effect: "implicit-deny"; readonly unallowedBy: "policies" | "boundaries" };

export interface EvaluationOptions {
  /** A permissions boundary: where it is given, it has to allow the request too. By default there is none. */
  readonly boundaries?: readonly PolicyDocument[] | undefined;
}

/**
 * Whether an identity that has these policies may do what it asks for.
 *
 * @throws {PolicyError} `POLICY_INVALID` where IAM would refuse one of the documents
 */
export function evaluatePolicies(
  policies: readonly PolicyDocument[],
  request: AccessRequest,
  options: EvaluationOptions = {},
): Decision {
  return preparePolicies(policies, options)(request);
}

/**
 * As {@link evaluatePolicies}, for many requests: the documents are read once.
 *
 * @throws {PolicyError} `POLICY_INVALID` where IAM would refuse one of the documents
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function preparePolicies(
  policies: readonly PolicyDocument[],
  { boundaries }: EvaluationOptions = {},
): (request: AccessRequest) => Decision {
  const own = prepareAll(policies, "policies");
  const limits = prepareAll(boundaries ?? [], "boundaries");
  const denials = [...own, ...limits].filter(({ effect }) => effect === "Deny");
  const grants = own.filter(({ effect }) => effect === "Allow");
  const limitingGrants = limits.filter(({ effect }) => effect === "Allow");

  return (request) => {
    const asked = readRequest(request);
    const speaksOfIt = ({ applies }: PlacedStatement) => applies(asked);
    const denial = denials.find(speaksOfIt);
    if (denial !== undefined) return { effect: "explicit-deny", by: denial.place };
    const grant = grants.find(speaksOfIt);
    if (grant === undefined) return { effect: "implicit-deny", unallowedBy: "policies" };
    if (boundaries !== undefined && !limitingGrants.some(speaksOfIt)) {
      return { effect: "implicit-deny", unallowedBy: "boundaries" };
    }
    return { effect: "allowed", by: grant.place };
  };
}

interface PlacedStatement extends PreparedStatement {
  readonly place: StatementPlace;
}

function prepareAll(
  documents: readonly PolicyDocument[],
  list: StatementPlace["in"],
): PlacedStatement[] {
  return documents.flatMap((document, policy) =>
    prepareDocument(document, `${list}[${policy}]`, prepareStatement).map(
      (prepared, statement) => ({
        ...prepared,
        place: { in: list, policy, statement, sid: prepared.sid },
      }),
    ),
  );
}
