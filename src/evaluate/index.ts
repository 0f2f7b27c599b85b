/**
 * What AWS decides by itself, decided by us: what a set of IAM policies says to a request, and a role's trust
 * policy to whoever asks for the role; what state figures put an alarm into; what a month costs.
 *
 * Takes policy documents as AWS accepts them, and a request: an action, a resource, condition keys; or a
 * trust policy, and a caller; or an alarm, and the figures of its metrics; or a service plan, and figures of its use.
 * Gives a {@link Decision}, a {@link TrustDecision}, an {@link AlarmEvaluation} or an {@link Estimate}, and what made it
 * so: a statement, datapoints, prices. Its one rule: it is pure and guesses nothing; what AWS would refuse, or does not
 * document, is a {@link PolicyError} or an {@link AlarmError}, and a region without prices an error, never half understood.
 */
export {
  type AlarmDefinition,
  type AlarmEvaluation,
  type Comparison,
  periodsWanted,
  prepareAlarm,
} from "./alarm/alarm.ts";
export { AlarmError } from "./alarm/alarm-error.ts";
export {
  type AlarmState,
  evaluationRange,
  type Judgement,
  type JudgementRule,
  judgeDatapoints,
  type MissingData,
} from "./alarm/judge-datapoints.ts";
export { type AlarmFigures, computeExpression } from "./alarm/maths/compute.ts";
export type { Expression, FunctionName, Operator } from "./alarm/maths/expression.ts";
export { parseExpression } from "./alarm/maths/parse.ts";
export { printExpression } from "./alarm/maths/print.ts";
export { parseRule } from "./alarm/rule/parse-rule.ts";
export { type AlarmRule, alarmsIn, printRule, ruleHolds } from "./alarm/rule/rule.ts";
export type { Series } from "./alarm/series.ts";
export { stateReason } from "./alarm/state-reason.ts";
export { statisticOf } from "./alarm/statistic.ts";
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
export { type BackupCopies, backupCopies } from "./price/backup-copies.ts";
export type { Tariff } from "./price/charge.ts";
export { type Estimate, estimate, type FixedCost, type RouteCost } from "./price/estimate.ts";
export {
  assumedFigures,
  assumptions,
  type Figures,
  type GivenFigures,
  type RouteFigures,
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
