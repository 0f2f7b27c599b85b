import type { ApiRequest } from "./request.ts";
import { ValidationError } from "./validation-error.ts";

/** Which versions a change may be made to: any that exists, or one of these. */
export type IfMatch = "*" | readonly string[];

/** A strong entity tag: `3` → `"3"`. */
export function entityTag(version: number | string): string {
  return `"${version}"`;
}

/**
 * The request's `If-Match` header: the versions in its strong entity tags. A weak tag matches nothing.
 *
 * @throws {ValidationError} 400 where the header is malformed
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-if-match
 */
export function ifMatch(request: ApiRequest): IfMatch | undefined {
  const header = request.header("if-match")?.trim();
  if (header === undefined) return undefined;
  if (header === "*") return "*";
  const tag = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"';
  if (!new RegExp(`^${tag}(?:\\s*,\\s*${tag})*$`).test(header)) {
    throw new ValidationError([
      { field: "If-Match", message: 'has to be "*" or entity tags such as "1"' },
    ]);
  }
  return [...header.matchAll(/(W\/)?"([^"]*)"/g)]
    .filter(([, weak]) => weak === undefined)
    .map(([, , version = ""]) => version);
}
