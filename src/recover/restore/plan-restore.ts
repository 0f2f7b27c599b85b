import type { RestoredState } from "../../aws/index.ts";
import { targetTaken } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { restoredTableName } from "../../names.ts";
import type { TablePlan } from "../../plan/index.ts";
import {
  leftBehind,
  liveRelease,
  noRestoreSteps,
  type Operation,
  type ReleaseEnvironment,
  type ReleaseView,
  type RestoreChoice,
  type RestoreSteps,
  readAliases,
  requireFree,
  requireNoRestore,
  restoreOf,
} from "../../release/index.ts";
import type { RecoveryGateways } from "../gateways.ts";
import { type AskedPoint, choosePoint } from "./choose-point.ts";
import { readRestorable } from "./read-restorable.ts";
import { settingsFor, settingsOfPlan } from "./settings.ts";

/** What a restore would do, or goes on with. */
export interface PlannedRestore {
  /** The live release, with the tables as they are called now. */
  readonly view: ReleaseView;
  readonly table: TablePlan;
  readonly choice: RestoreChoice;
  /** What was done of it before this command. */
  readonly done: RestoreSteps;
  readonly operations: readonly Operation[];
  /** The operation that is carried on with. */
  readonly continues: Operation | undefined;
  /** The table that is to be replaced, as it is now; nothing where it is lost. */
  readonly there: RestoredState | undefined;
}

/**
 * Works out how to restore a table, or finds what was begun of it. Changes nothing.
 *
 * @param key the table's in the manifest; may be left out where there is one only
 * @param now milliseconds since 1970
 * @throws {LambdakitError} RELEASE_BUSY, RELEASE_UNFINISHED, RELEASE_NONE_LIVE, RESTORE_NO_TABLE, RESTORE_NOT_OURS,
 *   RESTORE_NO_BACKUP, RESTORE_OUT_OF_RANGE, RESTORE_TARGET_TAKEN
 */
export async function planRestore(
  environment: ReleaseEnvironment,
  gateways: RecoveryGateways,
  {
    key,
    asked,
    now,
  }: { readonly key: string | undefined; readonly asked: AskedPoint; readonly now: number },
): Promise<PlannedRestore> {
  const { history, releases, place, environment: name } = environment;
  const operations = await history.read();
  const left = leftBehind(operations, name, place);
  const live = liveRelease(operations);
  if (live === null) throw noneLive(name);
  const view = await releases.view(live, name);
  const table = tableOf(view, key);
  const continues = left?.started.action === "restore" ? left : undefined;
  const done =
    continues === undefined || continues.ended?.outcome === "abandoned"
      ? noRestoreSteps
      : restoreOf(operations, continues);
  if (done.chosen !== null) {
    const isSame = done.chosen.table === table.key && done.chosen.asked === asked.text;
    if (!isSame) requireNoRestore(operations, name, left);
    const there = done.chosen.isLost ? undefined : await gateways.restores.read(done.chosen.source);
    return { view, table, choice: done.chosen, done, operations, continues, there };
  }
  if (continues === undefined) {
    const names = view.plan.functions.map((one) => one.name);
    const aliases = await readAliases(environment.traffic, names);
    requireFree(operations, place, { environment: name, release: live, aliases });
  }
  const chosen = await choose(environment, gateways, { view, table, asked, now });
  return { view, table, ...chosen, done: noRestoreSteps, operations, continues };
}

async function choose(
  { tables, tableRecords }: ReleaseEnvironment,
  gateways: RecoveryGateways,
  {
    view: { plan },
    table,
    asked,
    now,
  }: {
    readonly view: ReleaseView;
    readonly table: TablePlan;
    readonly asked: AskedPoint;
    readonly now: number;
  },
): Promise<Pick<PlannedRestore, "choice" | "there">> {
  const source = table.name;
  const { restores, tables: admin } = gateways;
  const [there, settings, restorable] = await Promise.all([
    restores.read(source),
    admin.settings(source),
    readRestorable(gateways, table, await tables.switches()),
  ]);
  const isLost = there === undefined;
  const from = choosePoint(asked, restorable, now);
  const at = new Date(now).toISOString();
  const target = isLost ? source : restoredTableName(source, at);
  if (!isLost && (await restores.read(target)) !== undefined) throw targetTaken(target);
  const known = settings ?? (await tableRecords.newest(table.key));
  const choice: RestoreChoice = {
    at,
    table: table.key,
    asked: asked.text,
    from,
    source,
    target,
    isLost,
    settings: settingsFor(known ?? settingsOfPlan(plan, table), source, target),
    settingsFrom: settings !== undefined ? "table" : known !== undefined ? "record" : "plan",
  };
  return { choice, there };
}

/** @throws {LambdakitError} RESTORE_NO_TABLE, RESTORE_NOT_OURS */
export function tableOf({ plan }: Pick<ReleaseView, "plan">, key: string | undefined): TablePlan {
  const { tables, environment } = plan;
  const keys = tables.map((one) => one.key);
  const table = key === undefined ? tables[0] : tables.find((one) => one.key === key);
  if (table === undefined || (key === undefined && tables.length > 1)) {
    const which = key === undefined ? "Which table?" : `There is no table ${key}.`;
    throw new LambdakitError("RESTORE_NO_TABLE", {
      message: `${which} The service has ${keys.length === 0 ? "none" : keys.join(", ")}.`,
      fix: keys.length === 0 ? "lambdakit explain" : `--table ${keys[0]}`,
      at: "--table",
    });
  }
  if (table.existing) {
    throw new LambdakitError("RESTORE_NOT_OURS", {
      message: `${table.name} says existing: true in service.ts: others look after it, and restore it. Nothing was changed in ${environment}.`,
      fix: "ask whoever made it; what it is called afterwards goes into service.ts",
    });
  }
  return table;
}

function noneLive(environment: string): LambdakitError {
  return new LambdakitError("RELEASE_NONE_LIVE", {
    message: `No release is live in ${environment}, which a restored table could be for.`,
    fix: `lambdakit releases history --env ${environment} shows what was done there`,
  });
}
