import { LambdakitError } from "../errors/index.ts";

/**
 * A policy that IAM would refuse, or that cannot mean what it says. `at` is the place, such as
 * `policies[0].Statement[1].Condition.StringEqual`.
 */
export class PolicyError extends LambdakitError {
  constructor(at: string, message: string, fix: string) {
    super("POLICY_INVALID", { message, fix, at });
  }
}
