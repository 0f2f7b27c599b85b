import type { ParsedLine } from "../../../observe/index.ts";

/** Control characters but for tab and line feed, and what turns the direction of writing. */
const unprintable = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;

/**
 * A text of somebody's without what a terminal would obey: whoever sends a request writes into the log, and must not move
 * the cursor of whoever reads it. The characters stay to be seen, as in `\x1b`.
 */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(unprintable, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
}

/** A line all of whose texts are printable. */
export function printableLine({ level, column, fields, text }: ParsedLine): ParsedLine {
  return {
    level,
    column,
    fields: fields === null ? null : (printableValue(fields) as ParsedLine["fields"]),
    text: printable(text),
  };
}

function printableValue(value: unknown): unknown {
  if (typeof value === "string") return printable(value);
  if (Array.isArray(value)) return value.map(printableValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [printable(name), printableValue(one)]),
  );
}
