import { type Matcher, matchText } from "./match.ts";
import { PolicyError } from "./policy-error.ts";
import { isPlain, parseText } from "./text.ts";

/**
 * Reads a pattern of `Action` or `NotAction`, such as `dynamodb:Put*`. Its case does not count; the
 * matcher takes the request's action in lower case.
 *
 * @throws {PolicyError} where it is neither `*` nor a service, a colon and a name
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function prepareAction(pattern: string, at: string, variables: boolean): Matcher {
  const parts = parseText(pattern.toLowerCase(), { at, variables, wildcards: true });
  if (!isPlain(parts)) {
    const fix = "write the action's name; variables are for Resource and Condition";
    throw new PolicyError(at, `"${pattern}" has a policy variable.`, fix);
  }
  // IAM lets no wildcard stand in a service's name, but "*" alone.
  if (pattern !== "*" && !/^(\*|[A-Za-z0-9.-]+):[^:$]+$/.test(pattern)) {
    const fix = 'write a service, a colon and a name, such as "dynamodb:GetItem" or "s3:*"';
    throw new PolicyError(at, `"${pattern}" is no action.`, fix);
  }
  return matchText(parts);
}
