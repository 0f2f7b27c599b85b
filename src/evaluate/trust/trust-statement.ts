import { prepareAction } from "../action.ts";
import { prepareConditions } from "../conditions/condition-block.ts";
import { type Effect, effectOf, either, sidOf } from "../elements.ts";
import { checkElements, objectOf } from "../form.ts";
import type { ReadCaller } from "./caller.ts";
import { preparePrincipal } from "./principal.ts";

/** One statement of a trust policy, read once. */
export interface PreparedTrustStatement {
  readonly effect: Effect;
  readonly sid: string | null;
  /** What of it does not fit the caller, such as `Principal`; nothing where the statement speaks of it. */
  readonly lacks: (caller: ReadCaller) => readonly string[];
}

const known = ["Sid", "Effect", "Principal", "Action", "NotAction", "Condition"];

/**
 * Reads one statement of a trust policy: it has principals, and no resource but the role.
 *
 * @throws {PolicyError} where IAM would refuse it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html (2026-11-26)
 */
export function prepareTrustStatement(
  statement: unknown,
  at: string,
  variables: boolean,
): PreparedTrustStatement {
  const elements = objectOf(statement, at);
  checkElements(elements, known, at);
  const isPrincipal = preparePrincipal(elements.Principal, `${at}.Principal`);
  const actions = either(elements, "Action", at);
  const matchActions = actions.values.map((value) => prepareAction(value, actions.at, variables));
  const conditions = prepareConditions(elements.Condition ?? {}, `${at}.Condition`, variables);
  return {
    effect: effectOf(elements, at),
    sid: sidOf(elements, at),
    lacks: ({ caller, action, key }) => [
      ...(isPrincipal(caller) ? [] : ["Principal"]),
      ...(matchActions.some((matches) => matches(action)) === actions.negated ? ["Action"] : []),
      ...conditions.filter(({ holds }) => !holds(key)).map(({ name }) => name),
    ],
  };
}
