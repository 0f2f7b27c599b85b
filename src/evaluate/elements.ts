import { listOf } from "./form.ts";
import { PolicyError } from "./policy-error.ts";

export type Elements = Readonly<Record<string, unknown>>;

export type Effect = "Allow" | "Deny";

/** @throws {PolicyError} where there is none, or another */
export function effectOf({ Effect: effect }: Elements, at: string): Effect {
  if (effect === "Allow" || effect === "Deny") return effect;
  const message =
    effect === undefined ? "The statement has no Effect." : `Effect is ${JSON.stringify(effect)}.`;
  throw new PolicyError(`${at}.Effect`, message, 'write "Allow" or "Deny"');
}

/**
 * @returns null where the statement has none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 */
export function sidOf({ Sid: sid }: Elements, at: string): string | null {
  if (sid === undefined) return null;
  if (typeof sid === "string" && /^[A-Za-z0-9]*$/.test(sid)) return sid;
  const fix = "write letters A-Z, a-z and digits only";
  throw new PolicyError(`${at}.Sid`, `Sid is ${JSON.stringify(sid)}.`, fix);
}

/** The element or its opposite, such as `Action` or `NotAction`: exactly one of them has to be there. */
export function either(elements: Elements, name: "Action" | "Resource", at: string) {
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
