import { shortestHidden } from "../names.ts";

/** What must not be read in a log line, and what stands there instead: the longest first. */
let hidden: (readonly [form: string, shown: string])[] = [];

/** From now on no log line has this value, nor the forms that it takes in JSON and in a URL. */
export function hideValue(key: string, value: string): void {
  if (value.length < shortestHidden) return;
  const forms = new Set([value, JSON.stringify(value).slice(1, -1), encoded(value)]);
  const known = new Set(hidden.map(([form]) => form));
  const added = [...forms].filter((form) => !known.has(form));
  hidden = [...hidden, ...added.map((form) => [form, `[secret ${key}]`] as const)].sort(
    ([one], [other]) => other.length - one.length,
  );
}

/** Whether there is anything to hide: most functions have nothing, and pay nothing for it. */
export function hidesValues(): boolean {
  return hidden.length > 0;
}

/** A text without the values that are hidden. */
export function withoutHidden(text: string): string {
  return hidden.reduce((rest, [form, shown]) => rest.replaceAll(form, shown), text);
}

/** What JSON makes of a value, without what is hidden: in its texts, in its numbers, and in the names of its fields. */
export function hideIn(value: unknown): unknown {
  if (typeof value === "string") return withoutHidden(value);
  if (typeof value === "number") {
    const text = String(value);
    const shown = withoutHidden(text);
    return shown === text ? value : shown;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (names.every((name) => withoutHidden(name) === name)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [withoutHidden(name), one]));
}

/** A lone surrogate has no form in a URL. */
function encoded(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return value;
  }
}
