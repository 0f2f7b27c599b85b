/**
 * What a set of IAM policies says to a request, and a role's trust policy to whoever asks for the role.
 *
 * Takes policy documents as AWS accepts them, and a request: an action, a resource, condition keys; or a
 * trust policy, and a caller. Gives a {@link Decision} or a {@link TrustDecision}, and which statement made
 * it. Its one rule: it is pure and guesses nothing; a document that IAM would refuse is a
 * {@link PolicyError}, never half understood.
 */
export {
  type Decision,
  type EvaluationOptions,
  evaluatePolicies,
  preparePolicies,
  type StatementPlace,
} from "./evaluate.ts";
export type {
  AccessRequest,
  ContextValue,
  PolicyCondition,
  PolicyDocument,
  PolicyPrincipal,
  PolicyStatement,
  PolicyValue,
  TrustPolicy,
  TrustStatement,
} from "./policy.ts";
export { PolicyError } from "./policy-error.ts";
export type { AwsPrincipal, TrustCaller, WebIdentity } from "./trust/caller.ts";
export {
  evaluateTrust,
  prepareTrust,
  type TrustDecision,
  type TrustPlace,
  type UnmetGrant,
} from "./trust/evaluate-trust.ts";
