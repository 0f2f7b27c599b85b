import { Items } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { keyNames } from "../../plan/index.ts";
import {
  compareTables,
  countTable,
  type PlannedRestore,
  type RestoreOptions,
} from "../../recover/index.ts";
import type { RestoreChoice } from "../../release/index.ts";
import type { World } from "../command.ts";
import { comparisonText, countedText } from "./comparison-text.ts";

/**
 * How a restored table is held against the one that it replaces; where that one is lost, its items are counted. Whoever
 * may restore tables need not be allowed to read their items, as the roles of workflows are not: then that is said, and
 * the restore goes on.
 */
export function comparing(
  { view, table }: PlannedRestore,
  { terminal, interrupted }: World,
): NonNullable<RestoreOptions["compare"]> {
  const options = { keys: keyNames(table), interrupted };
  const look = async ({ source, target, isLost }: RestoreChoice) => {
    const items = new Items(view.plan.region);
    if (isLost) {
      const count = await countTable(items, target, options);
      terminal.err(countedText(count));
      return count;
    }
    const comparison = await compareTables(items, source, target, options);
    terminal.err(comparisonText(comparison, terminal.columns));
    return comparison;
  };
  return async (choice) => {
    try {
      return await look(choice);
    } catch (error) {
      if (!(error instanceof LambdakitError) || error.code !== "AWS_NOT_ALLOWED") throw error;
      terminal.err(`Not compared: ${error.message}`);
      return { notCompared: error.message };
    }
  };
}
