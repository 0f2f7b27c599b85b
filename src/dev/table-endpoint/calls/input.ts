import { TableError } from "../answers.ts";

/** A JSON object as somebody sent it: nothing in it can be relied on. */
export type Input = Readonly<Record<string, unknown>>;

/** @throws {TableError} SerializationException */
export function parseInput(body: Buffer): Input {
  try {
    return objectOf(JSON.parse(body.toString()));
  } catch {
    throw new TableError("SerializationException", "");
  }
}

/** The value as an object; an empty one where it is none. */
export function objectOf(value: unknown): Input {
  return typeof value === "object" && value !== null ? (value as Input) : {};
}

/** The value as a list of objects; an empty one where it is none. */
export function objectsOf(value: unknown): Input[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/**
 * A key attribute's value in a policy's words: `{ "S": "a" }` is `a`, `{ "N": "5" }` is `5`, and binary
 * stays in base64, as in the request.
 */
export function keyText(value: unknown): string | undefined {
  const { S, N, B } = objectOf(value);
  return textOf(S ?? N ?? B);
}
