import { LambdakitError } from "../../errors/index.ts";
import { keyNames, type ServicePlan } from "../../plan/index.ts";
import type { TableSwitch } from "../../release/index.ts";
import type { DifferingTables } from "./item-difference.ts";

/** A table that was restored beside the one that it stands for. */
export interface MergedTables extends DifferingTables {
  /** Its key in the manifest. */
  readonly key: string;
}

/**
 * Finds the restored table, and the one that is kept aside for it.
 *
 * @param plan with the tables that are true now
 * @param switches of its environment, the newest first
 * @param key of a table. @default the only one that was restored
 * @throws {LambdakitError} MERGE_NO_TABLE
 */
export function mergedTables(
  { environment, tables }: ServicePlan,
  switches: readonly TableSwitch[],
  key: string | undefined,
): MergedTables {
  const restored = tables.flatMap((table): MergedTables[] => {
    const [last] = switches.flatMap((one) => one.restored[table.key] ?? []);
    if (last === undefined) return [];
    return [{ key: table.key, old: last.from, restored: table.name, keys: keyNames(table) }];
  });
  const asked = restored.filter((one) => key === undefined || one.key === key);
  const [only] = asked;
  if (only !== undefined && asked.length === 1) return only;
  const known = restored.map((one) => one.key);
  throw new LambdakitError("MERGE_NO_TABLE", {
    message:
      known.length === 0
        ? `No table of ${environment} was restored beside an old one, so that there is nothing to merge.`
        : `${key === undefined ? "More than one table" : `No table ${key}`} of ${environment} was restored beside an old one; there are: ${known.join(", ")}.`,
    fix:
      known.length === 0
        ? `lambdakit status --env ${environment} says which tables are in use`
        : `lambdakit dr merge --env ${environment} --table ${known[0]} --dry-run`,
  });
}
