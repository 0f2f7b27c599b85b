import type { Node } from "@babel/types";

/** A property's key as a text; undefined where it is computed. */
export function keyOf(key: Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  if (key.type === "NumericLiteral") return String(key.value);
  return key.type === "StringLiteral" ? key.value : undefined;
}
