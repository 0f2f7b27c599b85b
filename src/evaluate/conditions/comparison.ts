import type { KeyedMatcher } from "../match.ts";

/** What an operator has to know to read a value of a policy. */
export interface ValueReading {
  /** Where the value stands, for errors. */
  readonly at: string;
  /** Whether the policy's version has variables. */
  readonly variables: boolean;
}

/**
 * Reads one value of a policy once, and gives the comparison of it with one value of the request.
 *
 * @throws {PolicyError} where the value is not of the operator's type
 */
export type ValueComparison = (value: string, reading: ValueReading) => KeyedMatcher;
