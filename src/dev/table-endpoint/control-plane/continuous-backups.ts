import { TableError } from "../answers.ts";
import { objectOf } from "../calls/input.ts";
import { existingTable } from "./existing-table.ts";
import type { Operations, Surroundings } from "./operation.ts";

const dayMilliseconds = 24 * 60 * 60 * 1_000;

/**
 * Point-in-time recovery as a setting: it can be turned on, off and asked for, for as long as the
 * endpoint runs. Nothing is recorded, so a restore is refused, as AWS refuses one without it.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html
 */
export function continuousBackupOperations(surroundings: Surroundings): Operations {
  const enabledSince = new Map<string, { at: number; days: number }>();

  function describe(table: string) {
    const enabled = enabledSince.get(table);
    const now = surroundings.now();
    const PointInTimeRecoveryDescription =
      enabled === undefined
        ? { PointInTimeRecoveryStatus: "DISABLED" }
        : {
            PointInTimeRecoveryStatus: "ENABLED",
            RecoveryPeriodInDays: enabled.days,
            EarliestRestorableDateTime:
              Math.max(enabled.at, now - enabled.days * dayMilliseconds) / 1_000,
            LatestRestorableDateTime: now / 1_000,
          };
    return {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: "ENABLED",
        PointInTimeRecoveryDescription,
      },
    };
  }

  return {
    async DescribeContinuousBackups({ TableName }) {
      const { name } = await existingTable(surroundings, TableName, "TableNotFoundException");
      return describe(name);
    },

    async UpdateContinuousBackups({ TableName, PointInTimeRecoverySpecification }) {
      const specification = objectOf(PointInTimeRecoverySpecification);
      const { PointInTimeRecoveryEnabled: isEnabled, RecoveryPeriodInDays: days = 35 } =
        specification;
      const isPeriod = Number.isInteger(days) && Number(days) >= 1 && Number(days) <= 35;
      if (typeof isEnabled !== "boolean" || !isPeriod) {
        throw new TableError(
          "ValidationException",
          "PointInTimeRecoverySpecification needs PointInTimeRecoveryEnabled, and RecoveryPeriodInDays from 1 to 35",
        );
      }
      const { name } = await existingTable(surroundings, TableName, "TableNotFoundException");
      const at = enabledSince.get(name)?.at ?? surroundings.now();
      if (isEnabled) enabledSince.set(name, { at, days: Number(days) });
      else enabledSince.delete(name);
      return describe(name);
    },

    async RestoreTableToPointInTime({ SourceTableName, SourceTableArn }) {
      const source = SourceTableName ?? SourceTableArn;
      const { name } = await existingTable(surroundings, source, "TableNotFoundException");
      throw new TableError(
        "PointInTimeRecoveryUnavailableException",
        enabledSince.has(name)
          ? `Point in time recovery is not emulated on this machine, so table '${name}' has no earlier state. CreateBackup and RestoreTableFromBackup work.`
          : `Point in time recovery is not enabled for table '${name}'`,
      );
    },
  };
}
