import { runbookFile as path, type ServicePlan } from "../plan/index.ts";
import { renderAlarmRunbook, runbookMark } from "../runbook/index.ts";
import { derivedFile } from "./derived-file.ts";
import type { GeneratedFile, Site } from "./generated-file.ts";

/** What to do when an alarm fires: alarms link it, so that it lies beside `service.ts`. */
export function runbookFile(plans: readonly ServicePlan[], { service }: Site): GeneratedFile {
  return derivedFile(service === "." ? path : `${service}/${path}`, {
    text: renderAlarmRunbook(plans),
    mark: runbookMark,
  });
}
