import { type Access, Backups, TableAdmin, TableRestores } from "../aws/index.ts";

/** DynamoDB, as far as tables are backed up and restored. */
export interface RecoveryGateways {
  readonly backups: Pick<Backups, "list" | "window" | "create" | "status" | "remove">;
  readonly restores: Pick<TableRestores, "read" | "start">;
  readonly tables: Pick<TableAdmin, "settings" | "set" | "tag">;
}

export function openGateways(region: string, access: Access = {}): RecoveryGateways {
  return {
    backups: new Backups(region, access),
    restores: new TableRestores(region, access),
    tables: new TableAdmin(region, access),
  };
}
