import type { AlarmKind, ServicePlan } from "../plan/index.ts";
import type { Section, Sections } from "./section.ts";
import { apiSections } from "./sections/api-sections.ts";
import { functionSections } from "./sections/function-sections.ts";
import { recoverySections } from "./sections/recovery-sections.ts";
import { serviceSection } from "./sections/service-section.ts";
import { tableSections } from "./sections/table-sections.ts";

const sections: Sections<AlarmKind> = {
  ...apiSections,
  ...functionSections,
  ...tableSections,
  ...recoverySections,
};

/**
 * The sections of a service's runbook of alarms: one for each kind of alarm that it has, and first the one of
 * its own alarm, where it has one. Commands are written for the environment of the plan.
 */
export function alarmSections(plan: ServicePlan): Section[] {
  const { serviceAlarm } = plan;
  const kinds = Object.keys(sections) as AlarmKind[];
  return [
    ...(serviceAlarm === null ? [] : [{ anchor: serviceAlarm.runbook, ...serviceSection(plan) }]),
    ...kinds.flatMap((kind) => {
      const alarms = plan.alarms.filter((alarm) => alarm.kind === kind);
      const [first] = alarms;
      return first === undefined
        ? []
        : [{ anchor: first.runbook, ...sections[kind]({ plan, alarms }) }];
    }),
  ];
}
