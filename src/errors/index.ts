/**
 * What can go wrong, under stable codes.
 *
 * Takes nothing. Gives {@link LambdakitError} (an operation failed), {@link Problem} (something in a
 * manifest is wrong) and the catalogue of their codes. Its one rule: a code is documented in
 * `docs/reference/errors.md`, and every documented code exists.
 */
export {
  type ErrorCode,
  errorCodes,
  exitCodes,
  type ProblemCode,
  problemCodes,
} from "./catalogue.ts";
export { type Cause, LambdakitError } from "./lambdakit-error.ts";
export { nearest } from "./nearest.ts";
export type { Place, Problem } from "./problem.ts";
