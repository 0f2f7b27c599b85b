import type { TimeToLiveSettings } from "../time-to-live-settings.ts";
import { accountOperations } from "./account-operations.ts";
import { backupOperations } from "./backups.ts";
import { continuousBackupOperations } from "./continuous-backups.ts";
import type { Operations, Surroundings } from "./operation.ts";
import { timeToLiveOperations } from "./time-to-live-operations.ts";

/** The operations that the endpoint answers itself, because no engine does, or not all of them do. */
export function controlPlane(
  surroundings: Surroundings,
  settings: TimeToLiveSettings,
  address: () => string,
): Operations {
  return {
    ...timeToLiveOperations(surroundings, settings),
    ...continuousBackupOperations(surroundings),
    ...backupOperations(surroundings),
    ...accountOperations(address),
  };
}
