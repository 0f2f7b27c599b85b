/**
 * The names that a manifest declares, with or without problems inside: a table with a typing error
 * in it is still a table, and those who use it are not wrong.
 */
export interface DeclaredNames {
  readonly functions: readonly string[];
  readonly tables: ReadonlyMap<string, readonly string[]>;
  readonly secrets: readonly string[];
  /** By function: the path parameters that its example has a value for. */
  readonly exampleParameters: ReadonlyMap<string, readonly string[]>;
}

export function declaredNames(definition: unknown): DeclaredNames {
  const tables = child(definition, "tables");
  const functions = child(definition, "functions");
  return {
    functions: keys(functions),
    tables: new Map(keys(tables).map((key) => [key, keys(child(child(tables, key), "indexes"))])),
    secrets: keys(child(definition, "secrets")),
    exampleParameters: new Map(
      keys(functions).map((key) => [
        key,
        keys(child(child(child(functions, key), "example"), "pathParameters")),
      ]),
    ),
  };
}

function child(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function keys(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
