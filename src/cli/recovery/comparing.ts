import { Items } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import type { TablePlan } from "../../plan/index.ts";
import { compareTables, countTable, type RestoreOptions } from "../../recover/index.ts";
import type { World } from "../command.ts";
import { comparisonText } from "./comparison-text.ts";

/**
 * How a restored table is held against the one that it replaces. Whoever may restore tables need not be allowed to read
 * their items, as the roles of workflows are not: then that is said, and the restore goes on.
 */
export function comparing(
  { partitionKey, sortKey }: TablePlan,
  region: string,
  { terminal, interrupted }: World,
): NonNullable<RestoreOptions["compare"]> {
  const keys = [partitionKey.name, ...(sortKey === null ? [] : [sortKey.name])];
  return async ({ source, target, isLost }) => {
    const items = new Items(region);
    const options = { keys, interrupted };
    try {
      // What is lost cannot be held against anything.
      if (isLost) return await countTable(items, target, options);
      const comparison = await compareTables(items, source, target, options);
      terminal.err(comparisonText(comparison, terminal.columns));
      return comparison;
    } catch (error) {
      if (!(error instanceof LambdakitError) || error.code !== "AWS_NOT_ALLOWED") throw error;
      terminal.err(`Not compared: ${error.message}`);
      return { notCompared: error.message };
    }
  };
}
