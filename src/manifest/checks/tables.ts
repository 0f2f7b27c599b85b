import type { Problem } from "../../errors/index.ts";
import type { Check } from "./check.ts";

/** Each key attribute has one type, and an index is not a second copy of the table. */
export const checkTables: Check = ({ tables = {} }) =>
  Object.entries(tables).flatMap(([key, table]): Problem[] => {
    const types = new Map<string, string>();
    const problems: Problem[] = [];
    const visit = (keys: Keys, path: Problem["path"]) => {
      for (const part of ["partitionKey", "sortKey"] as const) {
        const attribute = keys[part];
        if (attribute === undefined) continue;
        const known = types.get(attribute.name) ?? attribute.type;
        types.set(attribute.name, known);
        if (known !== attribute.type) {
          problems.push({
            code: "MANIFEST_KEY_CONFLICT",
            path: [...path, part],
            message: `"${attribute.name}" is of type ${attribute.type} here and of type ${known} elsewhere in this table`,
            fix: `use type "${known}" for "${attribute.name}" everywhere`,
          });
        }
      }
      if (keys.sortKey?.name === keys.partitionKey.name) {
        problems.push({
          code: "MANIFEST_KEY_CONFLICT",
          path: [...path, "sortKey"],
          message: `"${keys.sortKey.name}" is the partition key and the sort key`,
          fix: "name two different attributes, or leave sortKey out",
        });
      }
    };
    visit(table, ["tables", key]);
    for (const [name, index] of Object.entries(table.indexes)) {
      visit(index, ["tables", key, "indexes", name]);
    }
    return problems;
  });

interface KeyPart {
  readonly name: string;
  readonly type: string;
}

interface Keys {
  readonly partitionKey: KeyPart;
  readonly sortKey?: KeyPart | undefined;
}
