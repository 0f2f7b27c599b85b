import type { Manifest } from "../../src/manifest/index.ts";
import { nameOf } from "./role-calls.ts";

/** What a function may do by the manifest, by the names of `everyTableCall`. */
export function grantedCalls({ functions }: Manifest, key: string): string[] {
  const grants = Object.values(functions[key]?.tables ?? {}).flat();
  const calls = grants.flatMap(({ allow, index, partitionKeys = [] }) =>
    allow.flatMap((action) =>
      partitionKeys.map((pattern) =>
        nameOf(action, index === undefined ? "the table" : "its index", exampleOf(pattern)),
      ),
    ),
  );
  return [...new Set(calls)];
}

/** A key of each kind that any function may ask for, and two that none may. */
export function keysIn({ functions }: Manifest): string[] {
  const grants = Object.values(functions).flatMap(({ tables }) => Object.values(tables).flat());
  const patterns = grants.flatMap(({ partitionKeys = [] }) => partitionKeys);
  return [...new Set([...patterns.map(exampleOf), "OTHER#1", "false"])];
}

function exampleOf(pattern: string): string {
  return pattern.replace("*", "1");
}
