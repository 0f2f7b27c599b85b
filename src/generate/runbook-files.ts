import { runbookFile as alarmsPath, runbookFolder, type ServicePlan } from "../plan/index.ts";
import { renderAlarmRunbook, renderRunbook, runbookMark, runbookNames } from "../runbook/index.ts";
import { derivedFile } from "./derived-file.ts";
import type { GeneratedFile, Site } from "./generated-file.ts";

/** What to do, and when: alarms link one of them, so that all lie beside `service.ts`. */
export function runbookFiles(
  plans: readonly ServicePlan[],
  { service }: Site,
): readonly GeneratedFile[] {
  const file = (path: string, text: string) =>
    derivedFile(service === "." ? path : `${service}/${path}`, { text, mark: runbookMark });
  return [
    file(alarmsPath, renderAlarmRunbook(plans)),
    ...runbookNames.map((name) => file(`${runbookFolder}/${name}.md`, renderRunbook(name, plans))),
  ];
}
