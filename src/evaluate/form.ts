import { nearest } from "../errors/index.ts";
import { PolicyError } from "./policy-error.ts";

/** A policy may come from a file, so its form is not taken on trust. */
export function objectOf(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new PolicyError(at, `${show(value)} is no object.`, "write an object, { ... }");
}

/** @throws {PolicyError} for an element that identity policies do not have */
export function checkElements(
  elements: Readonly<Record<string, unknown>>,
  known: readonly string[],
  at: string,
): void {
  for (const name of Object.keys(elements)) {
    if (known.includes(name)) continue;
    if (name === "NotPrincipal" && known.includes("Principal")) {
      const message = "NotPrincipal is of everybody but those that it names, whoever they are.";
      throw new PolicyError(`${at}.${name}`, message, "use Principal, and conditions");
    }
    if (name === "Principal" || name === "NotPrincipal") {
      const message = `${name} belongs into a resource's policy, and not into an identity's.`;
      throw new PolicyError(`${at}.${name}`, message, `remove ${name}`);
    }
    const fix = `use ${nearest(name, known) ?? `one of ${known.join(", ")}`}`;
    throw new PolicyError(`${at}.${name}`, `There is no element ${name} here.`, fix);
  }
}

/** A text, or a list of at least one. */
export function listOf(value: unknown, at: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new PolicyError(at, "The list is empty.", "write at least one text");
  return list.map((one) => {
    if (typeof one === "string") return one;
    throw new PolicyError(at, `${show(one)} is no text.`, "write a text, or a list of them");
  });
}

/** A condition's values. Without quotes, numbers and booleans mean the same. The list may be empty. */
export function valuesOf(value: unknown, at: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((one) => {
    if (["string", "number", "boolean"].includes(typeof one)) return String(one);
    const fix = "write a text, a number, a boolean, or a list of them";
    throw new PolicyError(at, `${show(one)} is no value of a condition.`, fix);
  });
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
