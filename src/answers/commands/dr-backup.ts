import * as z from "zod";
import { steps } from "../parts/steps.ts";
import { amount, count, environmentName, moment } from "../parts/values.ts";

const environment = environmentName.describe("Whose tables they are.");
const tableName = z.string().describe("What the table is called in AWS.");
const tableKey = z.string().describe("The table's key in the manifest.");

const backupFields = {
  arn: z.string().describe("Its ARN."),
  name: z.string().describe("Its name."),
  kind: z
    .enum(["on-demand", "aws-backup", "system"])
    .describe("Who made it; system is DynamoDB, where a table was deleted."),
  status: z.string().describe("DynamoDB's word; AVAILABLE once it can be restored."),
  at: moment("When it was asked for: what was written before is in it"),
  bytes: count("How large it is."),
  expiresAt: moment("When AWS deletes it")
    .nullable()
    .describe("When AWS deletes it; null where nobody has said so. ISO 8601."),
  vault: z
    .strictObject({
      name: z.string().describe("The vault's name."),
      region: z.string().describe("Its region."),
      table: z.string().describe("The table that the backup is of."),
    })
    .optional()
    .describe("Where AWS Backup keeps it; absent where DynamoDB does."),
};

const now = z
  .strictObject({
    environment,
    backups: z
      .array(z.strictObject({ key: tableKey, table: tableName, ...backupFields }))
      .describe("What was made."),
    steps,
  })
  .meta({ title: "dr backup now", description: "The backups that were made." });

const ageMinutes = amount("How old it is.");

const list = z
  .strictObject({
    environment,
    rpoMinutes: count("How much may be lost."),
    tables: z
      .array(
        z.strictObject({
          key: tableKey,
          table: tableName,
          isLost: z.boolean().describe("Whether it is not there any more."),
          window: z
            .strictObject({
              earliest: moment("The first moment"),
              latest: moment("The last moment"),
            })
            .nullable()
            .describe("To which moments it can be restored; null where to none."),
          backups: z
            .array(z.strictObject({ table: tableName, ageMinutes, ...backupFields }))
            .describe("The newest first; of tables that it stands for, too."),
          ageMinutes: ageMinutes
            .nullable()
            .describe("How old the newest state is that can come back; null where there is none."),
          isTooOld: z.boolean().describe("Whether that is more than may be lost."),
        }),
      )
      .describe("By table."),
    copiesUnknown: z
      .string()
      .nullable()
      .describe("Why copies in the recovery region are not listed; null where they are."),
  })
  .meta({ title: "dr backup list", description: "What there is to bring tables back from." });

const prune = z
  .strictObject({
    environment,
    outcome: z.enum(["planned", "deleted"]).describe("Whether they are gone."),
    backups: z
      .array(z.strictObject({ table: tableName, ...backupFields }))
      .describe("Which of them, or which would be."),
    steps,
  })
  .meta({ title: "dr backup prune", description: "The backups that were deleted." });

export const drBackupAnswer = z
  .union([now, list, prune])
  .meta({ title: "dr backup", description: "What was backed up, can be restored, or is deleted." });

export type DrBackupAnswer = z.infer<typeof drBackupAnswer>;
