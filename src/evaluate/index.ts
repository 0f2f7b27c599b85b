/**
 * What a set of IAM policies says to a request.
 *
 * Takes policy documents as AWS accepts them, and a request: an action, a resource, condition keys. Gives
 * a {@link Decision}, and which statement made it. Its one rule: it is pure and guesses nothing; a
 * document that IAM would refuse is a {@link PolicyError}, never half understood.
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
  PolicyStatement,
  PolicyValue,
} from "./policy.ts";
export { PolicyError } from "./policy-error.ts";
