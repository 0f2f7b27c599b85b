import { findNamedValues } from "./named-values.ts";
import { findSettings } from "./settings.ts";
import { tokenForms } from "./token-forms.ts";

/** A text that looks like a secret. `value` is for comparing, never for showing. */
export interface Leak {
  /** What it looks like, and as much of it as may be shown. */
  readonly what: string;
  readonly value: string;
  readonly line: number;
}

/** In a comment on the same line or the one above it, with the reason: this is no secret. */
const marker = /not-a-secret: *\S/;

/** Whether a comment says of this line that it has none; lines count from 1. */
function isMarked(lines: readonly string[], line: number): boolean {
  return lines.slice(Math.max(0, line - 2), line).some((one) => marker.test(one));
}

/** What looks like a secret in a file's text, once for each line, by line. What a comment says to be none is none. */
export function findLeaks(path: string, text: string): Leak[] {
  const found = allLeaks(path, text);
  if (found.length === 0) return found;
  const lines = text.split("\n");
  return found.filter(({ line }) => !isMarked(lines, line));
}

/** As {@link findLeaks}, with what a comment says to be none. */
export function allLeaks(path: string, text: string): Leak[] {
  const found = new Map<number, Leak>();
  const lines = new LineFinder(text);
  const add = (what: string, value: string, at: number) => {
    const line = lines.lineAt(at);
    if (!found.has(line)) found.set(line, { what, value, line });
  };
  for (const { name, pattern, shown } of tokenForms) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? match[0];
      const start = shown === 0 ? "" : `${value.slice(0, shown)}…, `;
      add(`${name} (${start}${value.length} characters)`, value, match.index);
    }
  }
  for (const { name, value, at } of [...findNamedValues(text), ...findSettings(path, text)]) {
    add(`the value of "${name}" (${value.length} characters)`, value, at);
  }
  return [...found.values()].sort((one, other) => one.line - other.line);
}

/** Lines are counted only where something was found: most texts have nothing. */
class LineFinder {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  lineAt(at: number): number {
    this.#starts ??= [0, ...[...this.#text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
