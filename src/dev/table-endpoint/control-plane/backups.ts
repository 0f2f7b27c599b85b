import { randomBytes } from "node:crypto";
import { TableError } from "../answers.ts";
import { textOf } from "../calls/input.ts";
import { type Backup, copyItems, createFrom, details, summary, writeItems } from "./backup.ts";
import { existingTable } from "./existing-table.ts";
import type { Operations, Surroundings } from "./operation.ts";

/**
 * Backups on demand, kept in memory for as long as the endpoint runs. A backup really has the items, and
 * a restore really makes a table of them. Both are done when they are answered.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Backup.Tutorial.html
 */
export function backupOperations(surroundings: Surroundings): Operations {
  const { call, now, tables } = surroundings;
  const backups = new Map<string, Backup>();

  function backupOf(arn: unknown): Backup {
    const backup = backups.get(String(arn));
    if (backup !== undefined) return backup;
    throw new TableError("BackupNotFoundException", `Backup not found: ${arn}`);
  }

  return {
    async CreateBackup({ TableName, BackupName }) {
      const name = backupName(BackupName);
      const table = await existingTable(surroundings, TableName, "TableNotFoundException");
      const items = await copyItems(call, table.name);
      const at = now();
      const id = `${String(at).padStart(14, "0")}-${randomBytes(4).toString("hex")}`;
      const arn = `${table.arn}/backup/${id}`;
      const backup: Backup = { arn, name, table, items, createdAt: at };
      backups.set(arn, backup);
      return { BackupDetails: details(backup).BackupDetails };
    },

    async DescribeBackup({ BackupArn }) {
      return { BackupDescription: details(backupOf(BackupArn)) };
    },

    async ListBackups({ TableName, Limit = 100, ExclusiveStartBackupArn }) {
      const table = textOf(TableName);
      const asked = table === undefined ? undefined : tables().nameOf(table);
      const all = [...backups.values()].filter(
        (backup) => asked === undefined || backup.table.name === asked,
      );
      const start = all.findIndex(({ arn }) => arn === ExclusiveStartBackupArn) + 1;
      const page = all.slice(start, start + Number(Limit));
      const last = page.at(-1);
      return {
        BackupSummaries: page.map(summary),
        ...(last === undefined || last === all.at(-1) ? {} : { LastEvaluatedBackupArn: last.arn }),
      };
    },

    async DeleteBackup({ BackupArn }) {
      const backup = backupOf(BackupArn);
      backups.delete(backup.arn);
      const BackupDescription = details(backup);
      Object.assign(BackupDescription.BackupDetails, { BackupStatus: "DELETED" });
      return { BackupDescription };
    },

    async RestoreTableFromBackup({ BackupArn, TargetTableName }) {
      const backup = backupOf(BackupArn);
      const target = tables().nameOf(textOf(TargetTableName) ?? "");
      const created = await createFrom(backup, target, call);
      await writeItems(call, target, backup.items);
      const RestoreSummary = {
        SourceBackupArn: backup.arn,
        SourceTableArn: backup.table.arn,
        RestoreDateTime: now() / 1_000,
        RestoreInProgress: true,
      };
      return {
        TableDescription: {
          ...created,
          TableArn: tables().arnOf(target),
          TableStatus: "CREATING",
          RestoreSummary,
        },
      };
    },
  };
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html */
function backupName(name: unknown): string {
  const text = textOf(name) ?? "";
  if (/^[a-zA-Z0-9_.-]{3,255}$/.test(text)) return text;
  throw new TableError(
    "ValidationException",
    `1 validation error detected: Value '${text}' at 'backupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+, and have length from 3 to 255`,
  );
}
