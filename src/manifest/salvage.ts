import type * as z from "zod";
import { parsedOnce } from "./parsed-once.ts";

type Path = readonly PropertyKey[];

/** What is left of a value, and where its parts were in the whole. */
export interface Salvaged<Value> {
  readonly value: Value;
  /** The path that a part of what is left had in the whole: what is taken out of a list moves the rest up. */
  originalPath<Key extends PropertyKey>(path: readonly Key[]): Key[];
}

/**
 * Parses what can be parsed: takes away each value that the schema refuses, and its parent where the
 * value is missing and needed, until the rest is accepted.
 */
export function salvage<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Salvaged<z.output<Schema>> {
  /** By the original path of a list: the positions that were taken out, in order. */
  const taken = new Map<string, number[]>();
  const originalPath = <Key extends PropertyKey>(path: readonly Key[]): Key[] => {
    const original: Key[] = [];
    for (const key of path) {
      const gone = typeof key === "number" ? (taken.get(JSON.stringify(original)) ?? []) : [];
      original.push(
        gone.reduce<PropertyKey>(
          (at, one) => (one <= Number(at) ? Number(at) + 1 : at),
          key,
        ) as Key,
      );
    }
    return original;
  };

  let rest = plainCopy(value);
  for (;;) {
    const parsed = schema.safeParse(rest, parsedOnce);
    if (parsed.success) return { value: parsed.data, originalPath };
    const removed = remove(rest, pathToRemove(parsed.error.issues[0]));
    if (removed === undefined) rest = {};
    else if (typeof removed.at(-1) === "number") {
      const original = originalPath(removed);
      const list = JSON.stringify(original.slice(0, -1));
      const positions = [...(taken.get(list) ?? []), Number(original.at(-1))];
      taken.set(
        list,
        positions.sort((a, b) => a - b),
      );
    }
  }
}

/** A manifest is data. What is not (a function, a circle) has been reported already, and is left out. */
function plainCopy(value: unknown): unknown {
  try {
    const json = JSON.stringify(value, (_, part) => (typeof part === "bigint" ? undefined : part));
    return JSON.parse(json ?? "{}");
  } catch {
    return {};
  }
}

function pathToRemove(issue: z.core.$ZodIssue | undefined): Path {
  const [unknownKey] = issue?.code === "unrecognized_keys" ? issue.keys : [];
  const path = issue?.path ?? [];
  return unknownKey === undefined ? path : [...path, unknownKey];
}

/** The path that was removed: the one given, or the nearest thing around it; undefined where nothing is left. */
function remove(root: unknown, path: Path): Path | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = path
      .slice(0, length - 1)
      .reduce<unknown>((value, key) => Reflect.get(Object(value), key), root);
    const key = path[length - 1] as PropertyKey;
    if (Array.isArray(parent) && Number(key) < parent.length) parent.splice(Number(key), 1);
    else if (typeof parent === "object" && parent !== null && Object.hasOwn(parent, key)) {
      Reflect.deleteProperty(parent, key);
    } else continue;
    return path.slice(0, length);
  }
  return undefined;
}
