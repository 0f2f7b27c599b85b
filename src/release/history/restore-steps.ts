import type { TableSettings } from "../../aws/index.ts";

/** What a table is restored from, and as what: decided once, however often the command is run again. */
export interface RestoreChoice {
  readonly at: string;
  /** The table's key in the manifest. */
  readonly table: string;
  /** What was asked for, as it was written. */
  readonly asked: string;
  readonly from:
    | { readonly kind: "backup"; readonly arn: string; readonly name: string; readonly at: string }
    /** The table's own past, up to this moment. */
    | { readonly kind: "time"; readonly to: string };
  /** What the table is called that is to be replaced. Where it is lost, {@link target} is the same. */
  readonly source: string;
  /** What the restored one is called. */
  readonly target: string;
  readonly isLost: boolean;
  /** What it is to be like, apart from its items. */
  readonly settings: TableSettings;
  /** Where that was read: of the table itself, of the last record of it, or what the release wants. */
  readonly settingsFrom: "table" | "record" | "plan";
}

/** How far the restore of a table has come: each step as it was done, null where it was not. */
export interface RestoreSteps {
  readonly chosen: RestoreChoice | null;
  /** Where nothing was lost: the table that is replaced has a backup of its own, and a tag that says so. */
  readonly keptAside: { readonly at: string; readonly backup: string } | null;
  /** That all items are there. Both figures are DynamoDB's, and a few hours old. */
  readonly restored: {
    readonly at: string;
    readonly seconds: number;
    readonly items: number;
    readonly bytes: number;
  } | null;
  /** The names of the settings that the restore had left out. */
  readonly settled: { readonly at: string; readonly settings: readonly string[] } | null;
  /** How many items there are, and what differs from the table that is replaced, where that one is there. */
  readonly compared: { readonly at: string; readonly comparison: unknown } | null;
  /** From here on there is no way but forward: the service is being led to the restored table. */
  readonly switching: { readonly at: string } | null;
  /** That Terraform has nothing to do any more. */
  readonly settledPlan: { readonly at: string } | null;
}

/** The order in which they are done. */
export const restoreStepNames = [
  "chosen",
  "keptAside",
  "restored",
  "settled",
  "compared",
  "switching",
  "settledPlan",
] as const satisfies readonly (keyof RestoreSteps)[];

export const noRestoreSteps: RestoreSteps = {
  chosen: null,
  keptAside: null,
  restored: null,
  settled: null,
  compared: null,
  switching: null,
  settledPlan: null,
};
