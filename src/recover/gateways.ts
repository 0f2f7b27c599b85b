import {
  type Access,
  Backups,
  impatient,
  RecoveryPoints,
  TableAdmin,
  TableRestores,
} from "../aws/index.ts";
import type { ServicePlan } from "../plan/index.ts";

/** DynamoDB and AWS Backup, as far as tables are backed up and restored. */
export interface RecoveryGateways {
  readonly backups: Pick<Backups, "list" | "window" | "create" | "status" | "remove">;
  readonly restores: Pick<TableRestores, "read" | "start">;
  readonly tables: Pick<TableAdmin, "settings" | "set" | "tag">;
  /** Null where no table is the service's own, or AWS Backup is not to be asked. */
  readonly vault: BackupVault | null;
  /** Where the day's backup is copied to, in another region; null where it is not. */
  readonly copies:
    | (Pick<BackupVault, "name" | "region" | "tableArn"> & {
        readonly points: Pick<RecoveryPoints, "list">;
      })
    | null;
}

/** Where AWS Backup keeps what it makes of a service's tables. */
export interface BackupVault {
  readonly name: string;
  readonly region: string;
  /** ARN of what AWS Backup restores as. */
  readonly role: string;
  /** By the name of a table of the environment. */
  readonly tableArn: (name: string) => string;
  readonly points: Pick<RecoveryPoints, "list" | "find" | "start" | "job">;
}

/** A region that is lost as well keeps nobody from what there is in this one. */
const copiesSeconds = 5;

/**
 * @param hasVault false for an emulator, which has vaults and nothing in them. @default true
 */
export function openGateways(
  {
    region,
    accountId,
    recovery,
  }: Pick<ServicePlan, "region" | "accountId"> & {
    readonly recovery: Pick<ServicePlan["recovery"], "backups">;
  },
  { access = {}, hasVault = true }: { readonly access?: Access; readonly hasVault?: boolean } = {},
): RecoveryGateways {
  const tableArn = (name: string) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
  const vault = hasVault ? recovery.backups : null;
  const copyTo = vault?.copyTo ?? null;
  return {
    backups: new Backups(region, access),
    restores: new TableRestores(region, access),
    tables: new TableAdmin(region, access),
    vault: vault && {
      name: vault.vault,
      region,
      role: `arn:aws:iam::${accountId}:role/${vault.role}`,
      tableArn,
      points: new RecoveryPoints(region, access),
    },
    copies: copyTo && {
      name: copyTo.vault,
      region: copyTo.region,
      tableArn,
      points: new RecoveryPoints(copyTo.region, { ...access, ...impatient(copiesSeconds) }),
    },
  };
}
