import { PolicyError } from "./policy-error.ts";
import type { KeyLookup } from "./request.ts";

/** A piece of a policy's text that needs nothing from the request. */
export type PlainPart =
  | { readonly kind: "text"; readonly text: string }
  /** `*`: any characters, or none. */
  | { readonly kind: "run" }
  /** `?`: one character. */
  | { readonly kind: "one" };

export type Part =
  | PlainPart
  /** `${name}` or `${name, 'fallback'}`; the name is in lower case. */
  | { readonly kind: "variable"; readonly name: string; readonly fallback: string | undefined };

/** How to read a text of a policy. */
export interface Reading {
  /** Where the text stands, for errors. */
  readonly at: string;
  /** Whether `${...}` is a variable. It is not in a policy of 2008-10-17. */
  readonly variables: boolean;
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
}

/**
 * Splits a text of a policy into literal text, wildcards and variables.
 *
 * @throws {PolicyError} where a variable is malformed
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parseText(value: string, { at, variables, wildcards }: Reading): Part[] {
  const parts: Part[] = [];
  const special = variables ? /\$\{(?<inside>[^}]*)(?<end>\}?)|[*?]/g : /[*?]/g;
  let done = 0;
  for (const found of value.matchAll(special)) {
    const [written] = found;
    const isVariable = written.startsWith("${");
    if (!isVariable && !wildcards) continue;
    if (found.index > done) parts.push({ kind: "text", text: value.slice(done, found.index) });
    done = found.index + written.length;
    if (isVariable) parts.push(parseVariable(written, found.groups ?? {}, at));
    else parts.push({ kind: written === "*" ? "run" : "one" });
  }
  if (done < value.length) parts.push({ kind: "text", text: value.slice(done) });
  return parts;
}

/**
 * The parts with every variable replaced by the request's value, in which `*` and `?` are ordinary
 * characters. Undefined where a variable has no value: then the text equals nothing and is like nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function resolveVariables(parts: readonly Part[], key: KeyLookup): PlainPart[] | undefined {
  const plain: PlainPart[] = [];
  for (const part of parts) {
    if (part.kind !== "variable") plain.push(part);
    else {
      const value = key(part.name);
      // A multivalued key cannot be a variable, and an empty value is no value.
      const text = typeof value === "string" && value !== "" ? value : part.fallback;
      if (text === undefined) return undefined;
      plain.push({ kind: "text", text });
    }
  }
  return plain;
}

export function isPlain(parts: readonly Part[]): parts is readonly PlainPart[] {
  return parts.every(({ kind }) => kind !== "variable");
}

type Groups = Readonly<Record<string, string | undefined>>;

function parseVariable(written: string, { inside = "", end }: Groups, at: string): Part {
  if (end === "") throw malformed(written, at, "has no closing brace", "add } after its name");
  if (inside === "*" || inside === "?" || inside === "$") return { kind: "text", text: inside };
  const [, name = "", , fallback] = /^([^\s,']+)(, ?'([^']*)')?$/.exec(inside) ?? [];
  if (name === "") {
    const fix = `write \${key} or \${key, 'default'}, with no other spaces or quotes`;
    throw malformed(written, at, "is malformed", fix);
  }
  return { kind: "variable", name: name.toLowerCase(), fallback };
}

function malformed(written: string, at: string, what: string, fix: string): PolicyError {
  return new PolicyError(at, `The policy variable ${written} ${what}.`, fix);
}
