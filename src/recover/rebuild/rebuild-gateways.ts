import { type Access, Backups, ReplicatedTables, TableRestores } from "../../aws/index.ts";

/** DynamoDB in both regions, as far as tables come back in an account that has none. */
export interface RebuildGateways {
  readonly backups: Pick<Backups, "list">;
  readonly restores: Pick<TableRestores, "read" | "start">;
  /** The region that stands by; null where none does. */
  readonly standby: {
    readonly region: string;
    readonly replicas: Pick<ReplicatedTables, "read" | "addReplica">;
  } | null;
}

/** @param standbyRegion null where nothing stands by */
export function openRebuildGateways(
  region: string,
  standbyRegion: string | null,
  access: Access = {},
): RebuildGateways {
  return {
    backups: new Backups(region, access),
    restores: new TableRestores(region, access),
    standby:
      standbyRegion === null
        ? null
        : { region: standbyRegion, replicas: new ReplicatedTables(standbyRegion, access) },
  };
}
