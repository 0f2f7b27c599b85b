import type { TableSettings } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { waitFor } from "../pause.ts";
import type { RestoreRun } from "./restore-run.ts";
import { type SettingDifference, settingDifferences } from "./settings.ts";

/**
 * Gives the restored table every setting that the restore has left out, and looks whether it has them all.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html (2026-11-27)
 */
export async function settle(run: RestoreRun): Promise<void> {
  if (run.steps.settled !== null) return;
  const { target } = run.choice;
  const missing = await differing(run);
  for (const { setting, wanted } of missing) await give(run, setting, wanted);
  const still = await differing(run);
  if (still.length > 0) {
    const lines = still.map(
      ({ setting, wanted, there }) =>
        `  ${setting}: ${JSON.stringify(there)}, and not ${JSON.stringify(wanted)}`,
    );
    throw new LambdakitError("RESTORE_FAILED", {
      message: `${target} has not taken all settings:\n${lines.join("\n")}`,
      fix: `look at the table: aws dynamodb describe-table --table-name ${target}`,
    });
  }
  const settings = missing.map(({ setting }) => setting);
  const what =
    settings.length === 0 ? "found all its settings" : `gave ${settings.length} settings back`;
  await run.done("settled", { at: new Date().toISOString(), settings }, what);
}

async function differing({ choice, gateways, options }: RestoreRun): Promise<SettingDifference[]> {
  const there = await gateways.tables.settings(choice.target);
  if (there === undefined) {
    throw new LambdakitError("RESTORE_FAILED", {
      message: `${choice.target} was restored, and is not there any more.`,
      fix: "CloudTrail knows who deleted it",
    });
  }
  const { lacking = [] } = options;
  return settingDifferences(choice.settings, there).filter(
    ({ setting }) => !lacking.includes(setting),
  );
}

/** DynamoDB takes one change at a time, and makes backups possible a while after the table. */
async function give(
  { choice: { target }, gateways: { tables, restores }, options }: RestoreRun,
  setting: keyof TableSettings,
  wanted: TableSettings[keyof TableSettings],
): Promise<void> {
  await waitFor(`${target} to take ${setting}`, options, () =>
    tables.set(target, setting, wanted as never).then(
      () => true,
      (error: LambdakitError) => {
        if (isNotYet(error)) return undefined;
        throw error;
      },
    ),
  );
  await waitFor(`${target} to be ACTIVE`, options, async () => {
    const state = await restores.read(target);
    return state?.status === "ACTIVE" ? true : undefined;
  });
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html (2026-11-27) */
function isNotYet({ cause }: LambdakitError): boolean {
  const { name } = Object(cause);
  return name === "ContinuousBackupsUnavailableException" || name === "ResourceInUseException";
}
