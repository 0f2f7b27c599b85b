import { nearest, type Problem } from "../../errors/index.ts";
import type { DeclaredNames } from "../declared-names.ts";
import type { Check } from "./check.ts";

/** Each grant is on a table, or an index, that exists, and for operations that it has. */
export const checkGrants: Check = ({ functions = {} }, declared) =>
  Object.entries(functions).flatMap(([key, { tables = {} }]) =>
    Object.entries(tables).flatMap(([table, grants]) => {
      const path = ["functions", key, "tables", table];
      const indexes = declared.tables.get(table);
      if (indexes === undefined) return [unknownTable(path, table, declared)];
      return grants.flatMap(({ allow, index }, position) =>
        index === undefined ? [] : indexProblems([...path, position], table, index, indexes, allow),
      );
    }),
  );

function unknownTable(path: Problem["path"], table: string, { tables }: DeclaredNames): Problem {
  return {
    code: "MANIFEST_UNKNOWN_TABLE",
    path,
    message: `there is no table "${table}"`,
    fix: useOneOf(table, [...tables.keys()], "declare it under tables"),
  };
}

function indexProblems(
  path: Problem["path"],
  table: string,
  index: string,
  indexes: readonly string[],
  allow: readonly string[],
): Problem[] {
  if (!indexes.includes(index)) {
    return [
      {
        code: "MANIFEST_UNKNOWN_INDEX",
        path: [...path, "index"],
        message: `table "${table}" has no index "${index}"`,
        fix: useOneOf(index, indexes, `declare it under tables.${table}.indexes`),
      },
    ];
  }
  const impossible = allow.filter((action) => action !== "Query" && action !== "Scan");
  if (impossible.length === 0) return [];
  return [
    {
      code: "MANIFEST_INDEX_ACTION",
      path: [...path, "allow"],
      message: `an index can be read by Query and Scan only, not by ${impossible.join(", ")}`,
      fix: `move ${impossible.join(", ")} to a grant without "index"`,
    },
  ];
}

function useOneOf(word: string, known: readonly string[], otherwise: string): string {
  const near = nearest(word, known);
  if (near !== undefined) return `use "${near}"`;
  return known.length === 0 ? otherwise : `use one of ${known.join(", ")}, or ${otherwise}`;
}
