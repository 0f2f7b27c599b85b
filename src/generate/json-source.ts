import { parseExpression } from "@babel/parser";
import type { ArrayExpression, Expression, Node, ObjectExpression } from "@babel/types";
import { LambdakitError } from "../errors/index.ts";

/**
 * Reads an object from JSON as editors write it: with comments, and with commas at ends.
 *
 * @throws {LambdakitError} GENERATE_UNREADABLE, with the place
 */
export function parseJsonObject(file: string, source: string): ObjectExpression {
  const node = parse(file, source);
  if (node.type === "ObjectExpression") return node;
  throw unreadable(file, node, "It is no object: it does not begin with {.");
}

function parse(file: string, source: string): Expression {
  try {
    return parseExpression(source);
  } catch (cause) {
    const { message, loc } = cause as SyntaxError & { loc: Place };
    throw unreadable(
      file,
      { loc: { start: loc } },
      `${message.replace(/ \(\d+:\d+\)$/, "")}.`,
      cause,
    );
  }
}

/** The value of a key, which has to be a list; undefined where there is no such key. */
export function listOf(
  file: string,
  object: ObjectExpression,
  key: string,
): ArrayExpression | undefined {
  const node = valueAt(object, key);
  if (node === undefined || node.type === "ArrayExpression") return node;
  throw unreadable(file, node, `"${key}" is no list.`);
}

/** Of a key that is there twice, the last counts, as everywhere. */
export function valueAt(object: ObjectExpression, key: string): Node | undefined {
  for (const property of [...object.properties].reverse()) {
    if (property.type !== "ObjectProperty") continue;
    const { key: name, value } = property;
    if (name.type === "StringLiteral" ? name.value === key : isNamed(name, key)) return value;
  }
  return undefined;
}

function isNamed(node: Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

/** Whether a text says a value, however it is laid out. */
export function says(node: Node | null | undefined, value: unknown): boolean {
  switch (node?.type) {
    case "StringLiteral":
    case "NumericLiteral":
    case "BooleanLiteral":
      return node.value === value;
    case "ArrayExpression":
      return (
        Array.isArray(value) &&
        node.elements.length === value.length &&
        node.elements.every((element, position) => says(element, value[position]))
      );
    default:
      return false;
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function unreadable(
  file: string,
  { loc }: { readonly loc?: { readonly start: Place } | null | undefined },
  message: string,
  cause?: unknown,
): LambdakitError {
  const { line, column } = loc?.start ?? { line: 1, column: 0 };
  return new LambdakitError("GENERATE_UNREADABLE", {
    message: `${file} cannot be read, and was left as it is. ${message}`,
    fix: "correct it, or move it away, and run lambdakit generate again",
    at: `${file}:${line}:${column + 1}`,
    cause,
  });
}
