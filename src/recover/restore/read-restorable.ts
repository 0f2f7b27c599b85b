import type { BackupState } from "../../aws/index.ts";
import type { TablePlan } from "../../plan/index.ts";
import type { TableSwitch } from "../../release/index.ts";
import type { RecoveryGateways } from "../gateways.ts";
import type { Restorable } from "./choose-point.ts";

/**
 * Everything that a table can be restored from where it is: its own backups, DynamoDB's and AWS Backup's, and those of the
 * tables that it stands for.
 *
 * @param switches of the environment
 */
export async function readRestorable(
  gateways: Pick<RecoveryGateways, "backups" | "vault">,
  table: Pick<TablePlan, "key" | "name">,
  switches: readonly TableSwitch[],
): Promise<Restorable> {
  const { name } = table;
  const { backups, vault } = gateways;
  const [window, own, ...earlier] = await Promise.all([
    backups.window(name),
    backupsOf(gateways, name),
    ...namesBefore(table, switches).map((one) => backupsOf(gateways, one)),
  ]);
  return {
    table: name,
    region: vault?.region ?? null,
    backups: own ?? [],
    earlier: earlier.flat(),
    window,
  };
}

/** The names of the tables that one stands for, since restores. */
export function namesBefore(
  { key, name }: Pick<TablePlan, "key" | "name">,
  switches: readonly TableSwitch[],
): string[] {
  const before = switches.flatMap(({ restored }) => restored[key]?.from ?? []);
  return [...new Set(before)].filter((one) => one !== name);
}

/** What AWS Backup made before it had features of its own for DynamoDB is in both lists. */
async function backupsOf(
  { backups, vault }: Pick<RecoveryGateways, "backups" | "vault">,
  table: string,
): Promise<BackupState[]> {
  const [listed, points = []] = await Promise.all([
    backups.list(table),
    vault?.points.list(vault.name, vault.tableArn(table)),
  ]);
  const known = new Set(listed.map(({ arn }) => arn));
  return [...listed, ...points.filter(({ arn }) => !known.has(arn))].sort((one, other) =>
    one.at < other.at ? 1 : -1,
  );
}
