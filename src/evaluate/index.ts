/**
 * Judges: what IAM policies say to a request, a role's trust policy to whoever asks for the role, and what a service costs.
 *
 * Takes policy documents as AWS accepts them, and a request: an action, a resource, condition keys; or a
 * trust policy, and a caller; or a service plan, and figures of its use. Gives a {@link Decision} or a
 * {@link TrustDecision}, and which statement made it, or an {@link Estimate}. Its one rule: it is pure and guesses
 * nothing; a document that IAM would refuse is a {@link PolicyError}, never half understood, and a region without
 * prices is an error, never priced as another one.
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
export type { Tariff } from "./price/charge.ts";
export { type Estimate, estimate, type FixedCost, type RouteCost } from "./price/estimate.ts";
export {
  assumedFigures,
  assumptions,
  type Figures,
  type GivenFigures,
  type RouteFigures,
  routeName,
} from "./price/figures.ts";
export { type FunctionUse, type MeasuredUse, measuredFigures } from "./price/measured.ts";
export { factsOf, type Meter, meterNames, type Part, parts } from "./price/meter.ts";
export { pricesOf, priceTable } from "./price/price-table.ts";
export { Rational } from "./price/rational.ts";
export { resizeDurations, resizePlan, withRoutes } from "./price/resize.ts";
export type { TableUnits } from "./price/table-calls.ts";
export type { AwsPrincipal, TrustCaller, WebIdentity } from "./trust/caller.ts";
export {
  evaluateTrust,
  prepareTrust,
  type TrustDecision,
  type TrustPlace,
  type UnmetGrant,
} from "./trust/evaluate-trust.ts";
