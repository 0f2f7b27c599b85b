import type * as z from "zod";

/**
 * Parses what can be parsed: takes away each value that the schema refuses, and its parent where the
 * value is missing and needed, until the rest is accepted.
 */
export function salvage<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  let rest = structuredCloneOf(value);
  for (;;) {
    const parsed = schema.safeParse(rest);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const path = issue === undefined ? [] : pathToRemove(issue);
    if (!remove(rest, path)) rest = {};
  }
}

/** JSON's copy: a manifest is data, and a function or a symbol in it has been reported already. */
function structuredCloneOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? {}) ?? "{}");
}

function pathToRemove(issue: z.core.$ZodIssue): PropertyKey[] {
  const [unknownKey] = issue.code === "unrecognized_keys" ? issue.keys : [];
  return unknownKey === undefined ? issue.path : [...issue.path, unknownKey];
}

/** False where nothing was left to take away. */
function remove(root: unknown, path: readonly PropertyKey[]): boolean {
  for (let length = path.length; length > 0; length--) {
    const parent = path
      .slice(0, length - 1)
      .reduce<unknown>((value, key) => Reflect.get(Object(value), key), root);
    const key = path[length - 1] as PropertyKey;
    if (Array.isArray(parent) && Number(key) < parent.length) {
      parent.splice(Number(key), 1);
      return true;
    }
    if (typeof parent === "object" && parent !== null && Object.hasOwn(parent, key)) {
      return Reflect.deleteProperty(parent, key);
    }
  }
  return false;
}
