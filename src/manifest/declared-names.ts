/**
 * The names that a manifest declares, with or without problems inside: a table with a typing error
 * in it is still a table, and those who use it are not wrong.
 */
export interface DeclaredNames {
  readonly functions: readonly string[];
  readonly tables: ReadonlyMap<string, readonly string[]>;
  readonly secrets: readonly string[];
  /** By function that says who may call it: what it says it of, which is nothing where it is said of all routes. */
  readonly auth: ReadonlyMap<string, readonly string[]>;
  /** Functions that have routes, readable or not. */
  readonly answering: ReadonlySet<string>;
  readonly environments: readonly string[];
  /** The environments that say whose tokens they take. */
  readonly jwt: ReadonlySet<string>;
  /** The environments that name a region to recover into. */
  readonly standingBy: ReadonlySet<string>;
  /** By function: the path parameters that its example has a value for. */
  readonly exampleParameters: ReadonlyMap<string, readonly string[]>;
}

export function declaredNames(definition: unknown): DeclaredNames {
  const tables = child(definition, "tables");
  const functions = child(definition, "functions");
  const environments = child(definition, "environments");
  return {
    functions: keys(functions),
    tables: new Map(keys(tables).map((key) => [key, keys(child(child(tables, key), "indexes"))])),
    secrets: keys(child(definition, "secrets")),
    auth: new Map(
      keys(functions)
        .filter((key) => states(child(functions, key), "auth"))
        .map((key) => [key, keys(child(child(functions, key), "auth"))]),
    ),
    answering: new Set(
      keys(functions).filter((key) => keys(child(child(functions, key), "routes")).length > 0),
    ),
    environments: keys(environments),
    jwt: new Set(keys(environments).filter((key) => states(child(environments, key), "jwt"))),
    standingBy: new Set(
      keys(environments).filter((key) => states(child(environments, key), "recoveryRegion")),
    ),
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

function states(value: unknown, key: string): boolean {
  return child(value, key) !== undefined;
}

function keys(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
