import { prepareAction } from "./action.ts";
import { prepareConditions } from "./conditions/condition-block.ts";
import { type Effect, effectOf, either, sidOf } from "./elements.ts";
import { checkElements, objectOf } from "./form.ts";
import type { ReadRequest } from "./request.ts";
import { prepareResource } from "./resource.ts";

/** One statement, read once. */
export interface PreparedStatement {
  readonly effect: Effect;
  readonly sid: string | null;
  /** Whether the statement speaks of this request. */
  readonly applies: (request: ReadRequest) => boolean;
}

const known = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/**
 * Reads one statement of an identity policy.
 *
 * @throws {PolicyError} where IAM would refuse it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function prepareStatement(
  statement: unknown,
  at: string,
  variables: boolean,
): PreparedStatement {
  const elements = objectOf(statement, at);
  checkElements(elements, known, at);
  const actions = either(elements, "Action", at);
  const matchActions = actions.values.map((value) => prepareAction(value, actions.at, variables));
  const resources = either(elements, "Resource", at);
  const matchResources = resources.values.map((value) =>
    prepareResource(value, resources.at, variables),
  );
  const conditions = prepareConditions(elements.Condition ?? {}, `${at}.Condition`, variables);
  return {
    effect: effectOf(elements, at),
    sid: sidOf(elements, at),
    applies: ({ action, resource, key }) =>
      matchActions.some((matches) => matches(action)) !== actions.negated &&
      matchResources.some((matches) => matches(resource, key)) !== resources.negated &&
      conditions.every(({ holds }) => holds(key)),
  };
}
