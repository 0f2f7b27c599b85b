import { objectOf, valuesOf } from "../form.ts";
import { PolicyError } from "../policy-error.ts";
import { type Condition, prepareCondition } from "./condition.ts";

/** A condition, and what a policy calls it: `StringEquals aws:PrincipalArn`. */
export interface NamedCondition {
  readonly name: string;
  readonly holds: Condition;
}

/**
 * Reads a statement's `Condition`: all of it has to hold.
 *
 * @throws {PolicyError} where IAM would refuse it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function prepareConditions(
  written: unknown,
  at: string,
  variables: boolean,
): NamedCondition[] {
  return Object.entries(objectOf(written, at)).flatMap(([operator, keys]) => {
    const block = Object.entries(objectOf(keys, `${at}.${operator}`));
    const names = new Set<string>();
    return block.map(([key, values]) => {
      const place = `${at}.${operator}.${key}`;
      const name = key.toLowerCase();
      if (names.has(name)) {
        const fix = "write the key once, with all its values; its case does not count";
        throw new PolicyError(place, `The key ${key} is there twice.`, fix);
      }
      names.add(name);
      const reading = { at: place, variables };
      return {
        name: `${operator} ${key}`,
        holds: prepareCondition(operator, name, valuesOf(values, place), reading),
      };
    });
  });
}
