import type { Manifest } from "../../manifest/index.ts";
import type { AlarmPlan, EnvironmentName, ServiceAlarmPlan } from "../types.ts";
import { runbookWords } from "./runbook-words.ts";

/**
 * One alarm over all that wake somebody: an incident is one message, however many alarms notice it. Null
 * where there are none.
 */
export function planServiceAlarm(
  manifest: Manifest,
  environment: EnvironmentName,
  alarms: readonly AlarmPlan[],
): ServiceAlarmPlan | null {
  const pages = alarms.filter(({ severity }) => severity === "page").map(({ name }) => name);
  if (pages.length === 0) return null;
  return {
    name: `${manifest.prefix}-${manifest.name}-service-${environment}`,
    description: `Callers of ${manifest.name} in ${environment} do not get their answers: at least one of the alarms fires that wake somebody. ${runbookWords(manifest, serviceRunbook)}`,
    runbook: serviceRunbook,
    rule: pages.map((name) => `ALARM("${name}")`).join(" OR "),
    alarms: pages,
    from: "alarms",
  };
}

const serviceRunbook = "service";
