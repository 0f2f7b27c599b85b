import type { BackupState, RestorableWindow } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import type { TablePlan } from "../../plan/index.ts";
import type { TableSwitch } from "../../release/index.ts";
import type { RecoveryGateways } from "../gateways.ts";
import { namesBefore, readRestorable } from "../restore/read-restorable.ts";
import { isAvailable } from "./is-available.ts";

/** A backup, and what it is one of. */
export interface ListedBackup extends BackupState {
  /** What the table is called in AWS. */
  readonly table: string;
  readonly ageMinutes: number;
}

/** What there is to bring a table back from. */
export interface BackupTable {
  readonly key: string;
  readonly table: string;
  /** Whether it is there. */
  readonly isLost: boolean;
  /** Null where point-in-time recovery is off, or the table is lost. */
  readonly window: RestorableWindow | null;
  /** The newest first; of the tables that it stands for, too. */
  readonly backups: readonly ListedBackup[];
  /** How old the newest state is that it can be brought back to; null where there is none. */
  readonly ageMinutes: number | null;
  readonly isTooOld: boolean;
}

export interface ListedBackups {
  readonly tables: readonly BackupTable[];
  /** Why copies in another region are not among them; null where they are, or there are none. */
  readonly copiesUnknown: string | null;
}

/** @param now milliseconds since 1970 */
export async function listBackups(
  gateways: Pick<RecoveryGateways, "backups" | "vault" | "copies">,
  tables: readonly TablePlan[],
  {
    switches,
    rpoMinutes,
    now,
  }: {
    readonly switches: readonly TableSwitch[];
    readonly rpoMinutes: number;
    readonly now: number;
  },
): Promise<ListedBackups> {
  let copiesUnknown: string | null = null;
  // Whoever cannot ask the other region has to know what there is in this one all the more.
  const copiesOf = async (names: readonly string[]): Promise<BackupState[]> => {
    if (gateways.copies === null) return [];
    const { points, name, tableArn } = gateways.copies;
    try {
      return (await Promise.all(names.map((one) => points.list(name, tableArn(one))))).flat();
    } catch (error) {
      if (!(error instanceof LambdakitError)) throw error;
      copiesUnknown = error.message;
      return [];
    }
  };
  const age = (at: string) => Math.max(0, (now - Date.parse(at)) / 60_000);
  const found = await Promise.all(
    tables.map(async ({ key, name }): Promise<BackupTable> => {
      const restorable = await readRestorable(gateways, { key, name }, switches);
      const copies = await copiesOf([name, ...namesBefore({ key, name }, switches)]);
      const listed = (one: BackupState): ListedBackup => ({
        ...one,
        table: one.vault?.table ?? /:table\/([^/]+)/.exec(one.arn)?.[1] ?? name,
        ageMinutes: age(one.at),
      });
      const { window } = restorable;
      const own = restorable.backups.filter(isAvailable);
      // What the table was before its restore is no way back to what it is now.
      const moments = [...own.map(({ at }) => at), ...(window ? [window.latest] : [])];
      const ages = moments.map(age);
      const ageMinutes = ages.length === 0 ? null : Math.min(...ages);
      return {
        key,
        table: name,
        isLost: window === undefined,
        window: window ?? null,
        backups: [...restorable.backups, ...restorable.earlier, ...copies]
          .map(listed)
          .sort((one, other) => one.ageMinutes - other.ageMinutes),
        ageMinutes,
        isTooOld: ageMinutes === null || ageMinutes > rpoMinutes,
      };
    }),
  );
  return { tables: found, copiesUnknown };
}
