import { longestRecoveryDays, type TableSettings } from "../../aws/index.ts";
import { keptAsideTag } from "../../names.ts";
import type { ServicePlan, TablePlan } from "../../plan/index.ts";
import { canonicalJson } from "../../system/index.ts";

/** A setting that is not as it is to be. */
export interface SettingDifference {
  readonly setting: keyof TableSettings;
  readonly wanted: TableSettings[keyof TableSettings];
  readonly there: TableSettings[keyof TableSettings];
}

/** The order in which a restored table gets them: what protects it first. */
const order = [
  "isProtected",
  "recoveryDays",
  "tags",
  "key",
  "timeToLiveAttribute",
  "stream",
  "billing",
  "tableClass",
  "contributorInsights",
  "kinesisStreams",
  "policy",
] as const satisfies readonly (keyof TableSettings)[];

/** Every setting that differs, in the order in which they are to be given. */
export function settingDifferences(
  wanted: TableSettings,
  there: TableSettings,
): SettingDifference[] {
  return order
    .filter((setting) => !isSame(setting, wanted, there))
    .map((setting) => ({ setting, wanted: wanted[setting], there: there[setting] }));
}

function isSame(setting: keyof TableSettings, wanted: TableSettings, there: TableSettings) {
  // By name is meant AWS's own key for DynamoDB, which is told by its ARN once it is there.
  if (setting === "key" && wanted.key === "aws/dynamodb") return there.key !== null;
  return canonicalJson(wanted[setting]) === canonicalJson(there[setting]);
}

/** What the modules give a table, where nobody knows any more what it had. */
export function settingsOfPlan(
  { environment, tags }: Pick<ServicePlan, "environment" | "tags">,
  { timeToLiveAttribute }: Pick<TablePlan, "timeToLiveAttribute">,
): TableSettings {
  return {
    billing: { mode: "on-demand", readUnits: null, writeUnits: null },
    tableClass: "STANDARD",
    isProtected: environment !== "dev",
    stream: null,
    key: "aws/dynamodb",
    timeToLiveAttribute,
    recoveryDays: longestRecoveryDays,
    tags,
    policy: null,
    contributorInsights: null,
    kinesisStreams: [],
  };
}

/** The settings of a table for another one: its policy names itself, and what was kept aside says so by a tag. */
export function settingsFor(
  settings: TableSettings,
  source: string,
  target: string,
): TableSettings {
  const { [keptAsideTag]: _, ...tags } = settings.tags;
  const itself = new RegExp(`(:table/)${source.replaceAll(".", "\\.")}(?=["/])`, "g");
  return { ...settings, tags, policy: settings.policy?.replace(itself, `$1${target}`) ?? null };
}
