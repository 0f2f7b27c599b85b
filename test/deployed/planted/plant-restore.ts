import { restoredTableName } from "../../../src/names.ts";
import { withTableNames } from "../../../src/plan/index.ts";
import { TableNames } from "../../../src/release/index.ts";
import { storeOf } from "./plant-release.ts";
import type { PlantedService } from "./plant-service.ts";
import { plantTable } from "./plant-table.ts";

/**
 * Makes of a planted service what a restore leaves behind, as far as it can be seen: an empty table beside the old one,
 * and the word that it is the service's.
 *
 * @param to the moment that it was restored to, ISO 8601; it was begun a quarter of an hour later
 * @returns what the new table is called
 */
export async function plantRestore(planted: PlantedService, to: string): Promise<string> {
  const { account, plan } = planted;
  const [old] = plan.tables;
  if (old === undefined) throw new Error("The service has no table.");
  const at = new Date(Date.parse(to) + 15 * 60_000).toISOString();
  const name = restoredTableName(old.name, at);
  const restored = withTableNames(plan, { [old.key]: name });
  for (const table of restored.tables) if (table.name === name) await plantTable(account, table);
  await account.table("UpdateContinuousBackups", {
    TableName: name,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  });
  await new TableNames(storeOf(planted), plan.service, plan.environment).switchTo({
    at,
    operation: 2,
    tables: { [old.key]: name },
    restored: { [old.key]: { to, backup: null, from: old.name } },
  });
  return name;
}
