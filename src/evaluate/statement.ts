import { prepareAction } from "./action.ts";
import { type Condition, prepareCondition } from "./conditions/condition.ts";
import { checkElements, listOf, objectOf, valuesOf } from "./form.ts";
import { PolicyError } from "./policy-error.ts";
import type { ReadRequest } from "./request.ts";
import { prepareResource } from "./resource.ts";

/** One statement, read once. */
export interface PreparedStatement {
  readonly effect: "Allow" | "Deny";
  readonly sid: string | null;
  /** Whether the statement speaks of this request. */
  readonly applies: (request: ReadRequest) => boolean;
}

type Elements = Readonly<Record<string, unknown>>;

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
    effect: effectOf(elements.Effect, at),
    sid: sidOf(elements.Sid, at),
    applies: ({ action, resource, key }) =>
      matchActions.some((matches) => matches(action)) !== actions.negated &&
      matchResources.some((matches) => matches(resource, key)) !== resources.negated &&
      conditions.every((holds) => holds(key)),
  };
}

function effectOf(effect: unknown, at: string): "Allow" | "Deny" {
  if (effect === "Allow" || effect === "Deny") return effect;
  const message =
    effect === undefined ? "The statement has no Effect." : `Effect is ${JSON.stringify(effect)}.`;
  throw new PolicyError(`${at}.Effect`, message, 'write "Allow" or "Deny"');
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
function sidOf(sid: unknown, at: string): string | null {
  if (sid === undefined) return null;
  if (typeof sid === "string" && /^[A-Za-z0-9]*$/.test(sid)) return sid;
  const fix = "write letters A-Z, a-z and digits only";
  throw new PolicyError(`${at}.Sid`, `Sid is ${JSON.stringify(sid)}.`, fix);
}

/** The element or its opposite, such as `Action` or `NotAction`: exactly one of them has to be there. */
function either(elements: Elements, name: "Action" | "Resource", at: string) {
  const opposite = `Not${name}`;
  const written = [name, opposite].filter((one) => elements[one] !== undefined);
  const [found = name] = written;
  if (written.length !== 1) {
    const message =
      written.length === 0
        ? `The statement has neither ${name} nor ${opposite}.`
        : `The statement has both ${name} and ${opposite}.`;
    throw new PolicyError(at, message, `write one of ${name} and ${opposite}`);
  }
  const values = listOf(elements[found], `${at}.${found}`);
  return { values, negated: found === opposite, at: `${at}.${found}` };
}

function prepareConditions(written: unknown, at: string, variables: boolean): Condition[] {
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
      return prepareCondition(operator, name, valuesOf(values, place), { at: place, variables });
    });
  });
}
