import { TableError } from "../answers.ts";
import { objectOf, textOf } from "../calls/input.ts";
import type { TimeToLiveSettings } from "../time-to-live-settings.ts";
import { existingTable } from "./existing-table.ts";
import type { Operations, Surroundings } from "./operation.ts";

/**
 * The time to live of tables, for engines with and without it. AWS takes up to an hour for a change, and
 * answers `ENABLING` until then; here it holds at once.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
 */
export function timeToLiveOperations(
  surroundings: Surroundings,
  settings: TimeToLiveSettings,
): Operations {
  return {
    async DescribeTimeToLive({ TableName }) {
      const { name } = await existingTable(surroundings, TableName);
      const attribute = settings.attributeOf(name);
      const TimeToLiveDescription =
        attribute === null
          ? { TimeToLiveStatus: "DISABLED" }
          : { TimeToLiveStatus: "ENABLED", AttributeName: attribute };
      return { TimeToLiveDescription };
    },

    async UpdateTimeToLive({ TableName, TimeToLiveSpecification }) {
      const { Enabled, AttributeName } = objectOf(TimeToLiveSpecification);
      const attribute = textOf(AttributeName);
      if (typeof Enabled !== "boolean" || !attribute) {
        throw new TableError(
          "ValidationException",
          "1 validation error detected: Value at 'timeToLiveSpecification' failed to satisfy constraint: Member must have enabled and attributeName",
        );
      }
      const { name } = await existingTable(surroundings, TableName);
      const current = settings.attributeOf(name);
      if (Enabled && current !== null) {
        throw new TableError("ValidationException", "TimeToLive is already enabled");
      }
      if (!Enabled && current === null) {
        throw new TableError("ValidationException", "TimeToLive is already disabled");
      }
      if (!Enabled && current !== attribute) {
        throw new TableError(
          "ValidationException",
          `TimeToLive is active on a different AttributeName: current AttributeName is ${current}`,
        );
      }
      settings.set(name, Enabled ? attribute : null);
      return { TimeToLiveSpecification: { Enabled, AttributeName: attribute } };
    },
  };
}
