import { type Json, objectOf, objectsOf } from "./aws-call.ts";
import type { Ask } from "./emulator.ts";

/**
 * What DynamoDB keeps of a table with point-in-time recovery that is deleted: a backup of that moment, for 35
 * days. It is all that there is then: no other time can be restored to.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html (2026-11-27)
 */
const ending = "$DeletedTableBackup";
const keptSeconds = 35 * 24 * 60 * 60;

/** Takes that backup. @returns its ARN */
export async function backUpDeleted(name: string, ask: Ask): Promise<string> {
  const { BackupDetails } = await ask("CreateBackup", {
    TableName: name,
    BackupName: `${name}${ending}`,
  });
  return String(objectOf(BackupDetails).BackupArn);
}

/** A backup as the emulator describes it, with the type that it has on AWS. */
export function withType(backup: Json): Json {
  if (!String(backup.BackupName).endsWith(ending)) return backup;
  return {
    ...backup,
    BackupType: "SYSTEM",
    BackupExpiryDateTime: Number(backup.BackupCreationDateTime) + keptSeconds,
  };
}

/**
 * The emulator's answer to ListBackups: of the type that is asked for, of those of people where none is.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html (2026-11-27)
 */
export function listed(output: Json, { BackupType: asked = "USER" }: Json): Json {
  const backups = objectsOf(output.BackupSummaries).map(withType);
  return {
    ...output,
    BackupSummaries: backups.filter(({ BackupType }) => asked === "ALL" || BackupType === asked),
  };
}
