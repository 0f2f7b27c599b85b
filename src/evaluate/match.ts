import type { KeyLookup } from "./request.ts";
import { isPlain, type Part, type PlainPart, resolveVariables } from "./text.ts";

/** Whether a text of the request matches. */
export type Matcher = (text: string) => boolean;

/** Whether a text of the request matches a policy's text that may contain variables. */
export type KeyedMatcher = (text: string, key: KeyLookup) => boolean;

/**
 * Builds the matcher once where the text has no variables, and anew for each request where it has.
 * A text with a variable that has no value matches nothing.
 */
export function prepareMatcher(
  parts: readonly Part[],
  build: (parts: readonly PlainPart[]) => Matcher,
): KeyedMatcher {
  if (isPlain(parts)) return build(parts);
  return (text, key) => {
    const plain = resolveVariables(parts, key);
    return plain !== undefined && build(plain)(text);
  };
}

/** `*` and `?` match any characters. */
export function matchText(parts: readonly PlainPart[]): Matcher {
  return matchTokens(tokensOf(parts));
}

/** As {@link matchText}, whatever the case. */
export function matchAnyCase(parts: readonly PlainPart[]): Matcher {
  const matches = matchText(
    parts.map((part) =>
      part.kind === "text" ? { kind: "text", text: part.text.toLowerCase() } : part,
    ),
  );
  return (text) => matches(text.toLowerCase());
}

/** How many colons stand before the resource part of an ARN. */
const colonsBeforeResource = 5;

/**
 * Matches an ARN segment by segment: before the fifth colon a wildcard matches no colon. Behind it a
 * colon is a character like any other.
 *
 * With `openEnds`, the rule of the `Resource` element, a `*` at the end of a segment matches colons too.
 * Without, a pattern of less than six segments matches nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchArn(
  parts: readonly PlainPart[],
  { openEnds }: { openEnds: boolean },
): Matcher {
  const tokens = tokensOf(parts);
  let colons = 0;
  const bounded = tokens.map((token, position) => {
    if (token === colon) colons++;
    if (colons >= colonsBeforeResource) return token;
    if (token === anyOne) return anyOneInSegment;
    if (token !== anyRun) return token;
    const next = tokens[position + 1];
    return openEnds && (next === undefined || next === colon) ? anyRun : anyRunInSegment;
  });
  if (!openEnds && colons < colonsBeforeResource) return () => false;
  return matchTokens(bounded);
}

/** One character's code point, or one of the wildcards below. */
type Token = number;
const colon: Token = 58;
const anyOne: Token = -1;
const anyRun: Token = -2;
const anyOneInSegment: Token = -3;
const anyRunInSegment: Token = -4;

function tokensOf(parts: readonly PlainPart[]): Token[] {
  return parts.flatMap((part) => {
    if (part.kind === "text") return Array.from(part.text, codePoint);
    return part.kind === "run" ? anyRun : anyOne;
  });
}

function matchTokens(tokens: readonly Token[]): Matcher {
  const wild = tokens.findIndex((token) => token < 0);
  if (wild === -1) {
    const literal = textOf(tokens);
    return (text) => text === literal;
  }
  const start = textOf(tokens.slice(0, wild));
  const rest = tokens.slice(wild);
  if (rest.length === 1 && rest[0] === anyRun) return (text) => text.startsWith(start);
  return (text) => text.startsWith(start) && walk(rest, text.slice(start.length));
}

/**
 * Holds all places of the pattern that the text so far can have led to. Each character moves them at
 * most once over the pattern, so the worst case is length times length, and no pattern explodes.
 */
function walk(tokens: readonly Token[], text: string): boolean {
  const end = tokens.length;
  let places = new Uint8Array(end + 1);
  let next = new Uint8Array(end + 1);
  reach(places, 0, tokens);
  for (const character of text) {
    const code = codePoint(character);
    next.fill(0);
    // Counted, because iterators are several times slower, and this runs for every call to a table.
    for (let place = 0; place < end; place++) {
      const token = tokens[place] ?? anyOne;
      if (places[place] === 1 && accepts(token, code)) {
        reach(next, isRun(token) ? place : place + 1, tokens);
      }
    }
    [places, next] = [next, places];
  }
  return places[end] === 1;
}

/** A run may match nothing: who is before it is also behind it. */
function reach(places: Uint8Array, place: number, tokens: readonly Token[]): void {
  places[place] = 1;
  for (let at = place; isRun(tokens[at]) && places[at + 1] === 0; at++) places[at + 1] = 1;
}

function isRun(token: Token | undefined): boolean {
  return token === anyRun || token === anyRunInSegment;
}

function accepts(token: Token, code: number): boolean {
  if (token === anyOne || token === anyRun) return true;
  if (token === anyOneInSegment || token === anyRunInSegment) return code !== colon;
  return token === code;
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => String.fromCodePoint(token)).join("");
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
