import { answers, isErrorAnswer, type JsonSchema, schemaOf } from "../../answers/index.ts";

/**
 * The schema of what a tool gives as data. The protocol wants an object: of a command that prints lines, it is
 * one with all of them.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/server/tools#output-schema (2026-11-28)
 */
export function outputSchemaOf(command: string): JsonSchema {
  // Without a word of the dialect, it is this one; and clients that know an older one only take what they know.
  const { $schema: _, $defs, ...schema } = schemaOf(command) ?? {};
  const definitions = $defs === undefined ? {} : { $defs };
  if (!printsLines(command)) return { ...schema, type: "object", ...definitions };
  const lines = { type: "array", items: schema, description: "What it prints, line by line." };
  return {
    type: "object",
    properties: { lines },
    required: ["lines"],
    additionalProperties: false,
    ...definitions,
  };
}

/** What a command has printed, as data; undefined where it is an error, or nothing. */
export function structuredContentOf(
  command: string,
  printed: readonly string[],
): object | undefined {
  const lines = printed.join("\n").trim();
  if (printsLines(command)) {
    const all = lines === "" ? [] : lines.split("\n").map((line) => JSON.parse(line));
    return all.some(isErrorAnswer) ? undefined : { lines: all };
  }
  const document = lines === "" ? undefined : JSON.parse(lines);
  return document === undefined || isErrorAnswer(document) ? undefined : document;
}

function printsLines(command: string): boolean {
  return answers[command]?.form === "lines";
}
