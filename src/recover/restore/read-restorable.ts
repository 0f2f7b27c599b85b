import type { TablePlan } from "../../plan/index.ts";
import type { TableSwitch } from "../../release/index.ts";
import type { RecoveryGateways } from "../gateways.ts";
import type { Restorable } from "./choose-point.ts";

/**
 * Everything that a table can be restored from: its own backups, and those of the tables that it stands for.
 *
 * @param switches of the environment
 */
export async function readRestorable(
  backups: RecoveryGateways["backups"],
  { key, name }: Pick<TablePlan, "key" | "name">,
  switches: readonly TableSwitch[],
): Promise<Restorable> {
  const before = switches.flatMap(({ restored }) => restored[key]?.from ?? []);
  const names = [...new Set(before)].filter((one) => one !== name);
  const [window, own, ...earlier] = await Promise.all([
    backups.window(name),
    backups.list(name),
    ...names.map((one) => backups.list(one)),
  ]);
  return { table: name, backups: own ?? [], earlier: earlier.flat(), window };
}
