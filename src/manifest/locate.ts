import { parse } from "@babel/parser";
import type { File, Node } from "@babel/types";

type Path = readonly (string | number)[];

/** A line and a column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds where a manifest's source states the value at a path: the value's key, or the nearest thing
 * around it that can be found. Follows constants of the same file; what comes from elsewhere (a
 * spread, an import) is placed at the nearest thing around it too.
 */
export function locate(source: string, path: Path): Position {
  const file = parse(source, {
    sourceType: "module",
    plugins: ["typescript", "decorators"],
    errorRecovery: true,
  });
  let found: Node | undefined = manifestObject(file);
  let place = found;
  for (const key of path) {
    const next = found && child(resolve(file, found), key);
    if (next === undefined) break;
    place = next.at;
    found = next.value;
  }
  const start = place?.loc?.start;
  return { line: start?.line ?? 1, column: (start?.column ?? 0) + 1 };
}

/** The object in `export default defineService({ ... })`, or in `export default { ... }`. */
function manifestObject(file: File): Node | undefined {
  for (const statement of file.program.body) {
    if (statement.type !== "ExportDefaultDeclaration") continue;
    const exported = resolve(file, statement.declaration);
    return exported.type === "CallExpression" ? exported.arguments[0] : exported;
  }
  return undefined;
}

function child(node: Node, key: string | number): { at: Node; value: Node } | undefined {
  if (node.type === "ArrayExpression") {
    const upToIt = node.elements.slice(0, Number(key) + 1);
    // Behind a spread, nobody knows which element is which.
    if (upToIt.some((one) => one?.type === "SpreadElement")) return undefined;
    const element = node.elements[Number(key)];
    return element ? { at: element, value: element } : undefined;
  }
  if (node.type !== "ObjectExpression") return undefined;
  for (const property of node.properties) {
    if (property.type !== "ObjectProperty" || property.computed) continue;
    const { key: name } = property;
    const text =
      name.type === "Identifier" ? name.name : "value" in name ? String(name.value) : undefined;
    if (text === String(key)) return { at: name, value: property.value };
  }
  return undefined;
}

/** Looks through `as const`, `satisfies T`, parentheses, and constants of the same file. */
function resolve(file: File, node: Node): Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return resolve(file, node.expression);
    case "Identifier": {
      const value = constant(file, node.name);
      return value === undefined ? node : resolve(file, value);
    }
    default:
      return node;
  }
}

function constant(file: File, name: string): Node | undefined {
  for (const statement of file.program.body) {
    const declaration =
      statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration" || declaration.kind !== "const") continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type === "Identifier" && id.name === name) return init ?? undefined;
    }
  }
  return undefined;
}
