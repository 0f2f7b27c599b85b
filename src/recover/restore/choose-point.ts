import type { BackupState, RestorableWindow } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import type { RestoreChoice } from "../../release/index.ts";
import { isAvailable } from "../backup/is-available.ts";
import { newestFirst } from "../backup/newest-first.ts";

/** What somebody wants to have back. */
export type AskedPoint =
  /** As the table was at a moment: milliseconds since 1970. */
  | { readonly kind: "time"; readonly to: number; readonly text: string }
  /** `latest`, a name, or an ARN. */
  | { readonly kind: "backup"; readonly backup: string; readonly text: string };

/** What there is to restore a table from. */
export interface Restorable {
  /** The table's name in AWS. */
  readonly table: string;
  /** Where it is, and has to be restored; null where AWS Backup is not asked. */
  readonly region: string | null;
  /** The newest first. */
  readonly backups: readonly BackupState[];
  /** Those of tables that it stands for since an earlier restore: they have to be named. */
  readonly earlier: readonly BackupState[];
  /** Null where point-in-time recovery is off, nothing where the table is lost. */
  readonly window: RestorableWindow | null | undefined;
}

/**
 * What the table is restored from.
 *
 * @param now milliseconds since 1970
 * @throws {LambdakitError} RESTORE_OUT_OF_RANGE, RESTORE_NO_BACKUP
 */
export function choosePoint(
  asked: AskedPoint,
  restorable: Restorable,
  now: number,
): RestoreChoice["from"] {
  return asked.kind === "time"
    ? { kind: "time", to: chooseTime(asked.to, restorable, now) }
    : chooseBackup(asked.backup, restorable);
}

function chooseTime(to: number, restorable: Restorable, now: number): string {
  const { table, window } = restorable;
  const wanted = new Date(to).toISOString();
  if (to > now) {
    throw new LambdakitError("RESTORE_OUT_OF_RANGE", {
      message: `${wanted} is still to come.`,
      fix: "write a time that is past, such as --to 20m",
    });
  }
  if (window === undefined || window === null) {
    throw new LambdakitError("RESTORE_OUT_OF_RANGE", {
      message: `${table} cannot be restored to a moment: ${window === null ? "its point-in-time recovery is off" : "it is gone, and its past with it"}.${nearestText(to, restorable)}`,
      fix: backupFix(to, restorable),
    });
  }
  if (Date.parse(window.earliest) <= to && to <= Date.parse(window.latest)) return wanted;
  const end = to > Date.parse(window.latest) ? window.latest : window.earliest;
  throw new LambdakitError("RESTORE_OUT_OF_RANGE", {
    message: `${table} can be restored to any second from ${window.earliest} to ${window.latest}, and not to ${wanted}.${nearestText(to, restorable)}`,
    fix: `--to ${end}`,
  });
}

function chooseBackup(wanted: string, restorable: Restorable): RestoreChoice["from"] {
  const { table, region, backups, earlier } = restorable;
  const elsewhere = /^arn:[\w-]+:backup:([\w-]+):/.exec(wanted)?.[1];
  if (elsewhere !== undefined && region !== null && elsewhere !== region) {
    throw new LambdakitError("RESTORE_NO_BACKUP", {
      message: `${wanted} is in ${elsewhere}, and AWS Backup restores where a backup is: ${table} is in ${region}.`,
      fix: `copy it to ${region} with aws backup start-copy-job --region ${elsewhere}; then lambdakit dr backup list has the copy`,
    });
  }
  const all = [...backups, ...earlier];
  const found =
    wanted === "latest"
      ? backups.filter(isAvailable).slice(0, 1)
      : all.filter(({ arn, name }) => arn === wanted || name === wanted);
  const [one, other] = found;
  if (one === undefined) {
    const what = wanted === "latest" ? "has no backup" : `has no backup ${wanted}`;
    throw new LambdakitError("RESTORE_NO_BACKUP", {
      message: `${table} ${what} that can be restored.${namesText(all.filter(isAvailable))}`,
      fix: otherFix(restorable),
    });
  }
  if (other !== undefined) {
    throw new LambdakitError("RESTORE_NO_BACKUP", {
      message: `${found.length} backups of ${table} are called ${wanted}.`,
      fix: `--backup with the ARN of one, such as ${one.arn}`,
    });
  }
  if (!isAvailable(one)) {
    throw new LambdakitError("RESTORE_NO_BACKUP", {
      message: `The backup ${one.name} is ${one.status}, and not AVAILABLE.`,
      fix: one.status === "CREATING" ? "the same command in a minute" : otherFix(restorable),
    });
  }
  return { kind: "backup", arn: one.arn, name: one.name, at: one.at };
}

/** The backups right before and right after a moment. */
function nearest(to: number, { backups, earlier }: Restorable): BackupState[] {
  const all = [...backups, ...earlier].filter(isAvailable);
  const before = all.filter(({ at }) => Date.parse(at) <= to).sort(newestFirst);
  const after = all.filter(({ at }) => Date.parse(at) > to).sort(newestFirst);
  return [...before.slice(0, 1), ...after.slice(-1)];
}

function nearestText(to: number, restorable: Restorable): string {
  const found = nearest(to, restorable);
  if (found.length === 0) return " There is no backup of it.";
  const lines = found.map(({ name, at }) => `  ${at}  ${name}`);
  return `\nThe nearest backups:\n${lines.join("\n")}`;
}

function backupFix(to: number, restorable: Restorable): string {
  const [first] = nearest(to, restorable);
  return first === undefined
    ? "lambdakit dr backup list shows what there is of all tables"
    : `--backup ${first.name} instead of --to`;
}

function namesText(backups: readonly BackupState[]): string {
  if (backups.length === 0) return "";
  const shown = backups.slice(0, 5).map(({ name, at }) => `  ${at}  ${name}`);
  return `\nThere are:\n${shown.join("\n")}`;
}

function otherFix({ window, backups, earlier }: Restorable): string {
  if (window) return `--to ${window.latest}, or any second since ${window.earliest}`;
  const [first] = [...backups, ...earlier].filter(isAvailable);
  return first === undefined
    ? "lambdakit dr backup list shows what there is of all tables"
    : `--backup ${first.name}`;
}
