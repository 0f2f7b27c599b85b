import type { Node } from "@babel/types";
import { keyOf } from "./property-key.ts";

/** What an expression is without running it. What it has from elsewhere is left out. */
export function literalData(node: Node | null): unknown {
  switch (node?.type) {
    case "StringLiteral":
    case "NumericLiteral":
    case "BooleanLiteral":
      return node.value;
    case "ArrayExpression":
      return node.elements.map(literalData);
    case "ObjectExpression":
      return Object.fromEntries(
        node.properties.flatMap((property) => {
          if (property.type !== "ObjectProperty") return [];
          const [key, value] = [keyOf(property.key), literalData(property.value)];
          return key === undefined || value === undefined ? [] : [[key, value]];
        }),
      );
    default:
      return undefined;
  }
}
