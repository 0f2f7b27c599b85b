import type { Manifest } from "../../manifest/index.ts";
import { answeringFunctions, authorizerKey } from "../../names.ts";
import type {
  AlarmPlan,
  ApiPlan,
  BackupsPlan,
  EnvironmentName,
  FunctionPlan,
  TablePlan,
} from "../types.ts";
import { apiAlarms } from "./api-alarms.ts";
import { functionAlarms } from "./function-alarms.ts";
import type { Named } from "./named.ts";
import { recoveryAlarms } from "./recovery-alarms.ts";
import { runbookWords } from "./runbook-words.ts";
import { tableAlarms } from "./table-alarms.ts";

/**
 * The alarms of a service: of each function, of the API where it has routes, of each table that functions
 * use, and of what tables are brought back from. Which there are, and why no others, is in `docs/reference/alarms.md`.
 */
export function planAlarms(
  manifest: Manifest,
  environment: EnvironmentName,
  parts: {
    readonly functions: readonly FunctionPlan[];
    readonly tables: readonly TablePlan[];
    readonly api: ApiPlan;
    readonly backups: BackupsPlan | null;
  },
): AlarmPlan[] {
  const { functions, tables, api, backups } = parts;
  const named: Named = (key, what) =>
    `${manifest.prefix}-${manifest.name}-${key}-${what}-${environment}`;
  const answered = new Set([authorizerKey, ...answeringFunctions(api)]);
  const all = [
    ...functions.flatMap((one) =>
      functionAlarms(manifest, one, { named, isBehindApi: answered.has(one.key) }),
    ),
    ...(api.routes.length === 0 ? [] : apiAlarms(manifest, api, named)),
    ...tables.flatMap((one) => tableAlarms(manifest, one, named)),
    ...recoveryAlarms(manifest, { environment, tables, backups }, named),
  ];
  return all.map((one) => ({
    ...one,
    description: `${one.description}. ${runbookWords(manifest, one.runbook)}`,
  }));
}
