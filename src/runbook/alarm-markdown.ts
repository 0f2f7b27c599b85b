import type { ServicePlan } from "../plan/index.ts";
import { alarmSections } from "./alarm-sections.ts";
import { firesWhen } from "./fires-when.ts";
import { runbookMark } from "./mark.ts";
import type { Section, Step } from "./section.ts";

/**
 * `runbooks/alarms.md`: what to do when an alarm of a service fires, in any environment.
 *
 * @param plans of each environment. The commands are written for the last one, where it matters most.
 */
export function renderAlarmRunbook(plans: readonly ServicePlan[]): string {
  const last = plans.at(-1);
  if (last === undefined) throw new Error("A runbook is of at least one environment.");
  const sections = alarmSections(last);
  const environments = plans.map(({ environment }) => environment);
  const lines = [
    runbookMark,
    "",
    `# Alarms of ${last.service}`,
    "",
    `Commands are written for ${last.environment}; in ${environments.slice(0, -1).join(" and ")} another \`--env\` is all that changes, and the words that are to be confirmed.`,
    "A page wakes somebody, a ticket is looked at in the morning.",
    "",
    ...sections.map(({ anchor, title }) => `- [${anchor}](#${anchor}): ${title}`),
    ...sections.flatMap((section) => sectionLines(section, plans)),
  ];
  // A command ends with an empty line, and so does a list.
  return `${lines.join("\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

function sectionLines(section: Section, plans: readonly ServicePlan[]): string[] {
  return [
    "",
    // GitHub makes the address of it, which alarms link: it stays when the title is changed.
    `## ${section.anchor}`,
    "",
    `**${section.title}.**`,
    "",
    ...alarmLines(section.anchor, plans),
    "",
    `**What you see.** ${section.see}`,
    "",
    `**What it means.** ${section.means}`,
    "",
    "**Do this.**",
    "",
    ...stepLines(section.steps),
    "",
    "**Check that it is over.**",
    "",
    ...stepLines(section.check),
    "",
    `**When to get help.** ${section.escalate}`,
  ];
}

function stepLines(steps: readonly Step[]): string[] {
  return steps.flatMap(({ what, command }, at) => [
    `${at + 1}. ${what}`,
    ...(command === undefined ? [] : ["", "   ```sh", `   ${command}`, "   ```", ""]),
  ]);
}

/** The alarms that lead to a section, and when each fires. */
function alarmLines(anchor: string, plans: readonly ServicePlan[]): string[] {
  const services = plans.flatMap(({ serviceAlarm }) =>
    serviceAlarm?.runbook === anchor
      ? [`| \`${serviceAlarm.name}\` | page | one of ${serviceAlarm.alarms.length} alarms fires |`]
      : [],
  );
  const metrics = plans.flatMap(({ alarms }) =>
    alarms
      .filter(({ runbook }) => runbook === anchor)
      .map((alarm) => `| \`${alarm.name}\` | ${alarm.severity} | ${firesWhen(alarm)} |`),
  );
  return ["| Alarm | | Fires |", "|---|---|---|", ...services, ...metrics];
}
