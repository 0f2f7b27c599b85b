import type { Manifest } from "../../manifest/index.ts";
import type { AlarmPlan, ApiPlan, EnvironmentName, FunctionPlan, TablePlan } from "../types.ts";
import { apiAlarms } from "./api-alarms.ts";
import { functionAlarms } from "./function-alarms.ts";
import { tableAlarms } from "./table-alarms.ts";

/** `errors` of `get` → `bbws-product-get-errors-prod`, as the reference names them. */
export type Named = (key: string, what: string) => string;

/**
 * The alarms of a service: of each function, of the API where it has routes, of each table that functions
 * use. Which there are, and why no others, is in `docs/reference/alarms.md`.
 */
export function planAlarms(
  manifest: Manifest,
  environment: EnvironmentName,
  parts: {
    readonly functions: readonly FunctionPlan[];
    readonly tables: readonly TablePlan[];
    readonly api: ApiPlan;
  },
): AlarmPlan[] {
  const { functions, tables, api } = parts;
  const named: Named = (key, what) =>
    `${manifest.prefix}-${manifest.name}-${key}-${what}-${environment}`;
  const answered = new Set(api.routes.map((route) => route.function));
  const all = [
    ...functions.flatMap((one) =>
      functionAlarms(manifest, one, { named, isBehindApi: answered.has(one.key) }),
    ),
    ...(api.routes.length === 0 ? [] : apiAlarms(manifest, api, named)),
    ...tables.flatMap((one) => tableAlarms(manifest, one, named)),
  ];
  return all.map((one) => ({
    ...one,
    description: `${one.description}. ${runbookWords(manifest, one.runbook)}`,
  }));
}

/**
 * Where it says what to do: behind a link where it is known which repository the service is in.
 *
 * @param section such as `api-latency`
 */
export function runbookWords(
  { repository, branch, folder }: Pick<Manifest, "repository" | "branch" | "folder">,
  section: string,
): string {
  const file = `${folder === "." ? "" : `${folder}/`}${runbookFile}#${section}`;
  if (repository === undefined) return `Runbook: ${file}`;
  // Ids, which a repository may be told apart by, are no part of its address.
  const address = repository.replaceAll(/@\d+/g, "");
  return `Runbook: https://github.com/${address}/blob/${branch}/${file}`;
}

/** Beside service.ts. */
export const runbookFile = "runbooks/alarms.md";
