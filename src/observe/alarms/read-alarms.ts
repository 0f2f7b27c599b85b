import type { Alarms, AlarmTransition } from "../../aws/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { type Asked, asked } from "../asked.ts";
import { type AlarmRow, alarmRows } from "./alarm-rows.ts";
import type { ChosenAlarms } from "./choose-alarms.ts";
import { type ServiceAlarmRow, serviceAlarmRow } from "./service-alarm-row.ts";

/** What is asked. Each of these calls AWS. */
export interface AlarmPorts {
  readonly alarms: Pick<Alarms, "read" | "readComposite" | "history">;
  /** Whether there can be alarms over other alarms: emulators have none. */
  readonly hasCompositeAlarms: boolean;
}

/** The changes of an alarm's state, the newest first. */
export type AlarmHistory = Asked<readonly AlarmTransition[]>;

/** By the alarm's name. */
export type AlarmHistories = ReadonlyMap<string, AlarmHistory>;

/** Alarms as they are now. */
export interface AlarmsRead {
  /** The one over the others; null where it was not chosen. */
  readonly service: ServiceAlarmRow | null;
  readonly rows: readonly AlarmRow[];
  /** Of those whose history was wanted. */
  readonly histories: AlarmHistories;
}

/** As many as a screen has room for, of one alarm. */
const shownTransitions = 10;

/**
 * Reads the chosen alarms. That the service's, or a history, cannot be read does not keep the others away.
 *
 * @param remembered those whose history is wanted
 * @throws {LambdakitError} as `awsError` says, where the alarms over figures cannot be read
 */
export async function readAlarms(
  { alarms, hasCompositeAlarms }: AlarmPorts,
  { serviceAlarm }: ServicePlan,
  chosen: ChosenAlarms,
  remembered: ChosenAlarms,
): Promise<AlarmsRead> {
  const names = chosen.alarms.map(({ name }) => name);
  const [states, composite, histories] = await Promise.all([
    alarms.read(names),
    serviceAlarm !== null && hasCompositeAlarms
      ? asked(alarms.readComposite(serviceAlarm.name))
      : null,
    readHistories(alarms, remembered),
  ]);
  // Also where it was not chosen: those that wake somebody are heard by way of it.
  const service = serviceAlarm === null ? null : serviceAlarmRow(serviceAlarm, composite);
  return {
    service: chosen.service === null ? null : service,
    rows: alarmRows(chosen.alarms, states, service?.isHeard ?? null),
    histories,
  };
}

async function readHistories(
  alarms: AlarmPorts["alarms"],
  { service, alarms: planned }: ChosenAlarms,
): Promise<AlarmHistories> {
  const all = [
    ...(service === null ? [] : [{ name: service.name, kind: "composite" as const }]),
    ...planned.map(({ name }) => ({ name, kind: "metric" as const })),
  ];
  return new Map(
    await Promise.all(
      all.map(
        async ({ name, kind }) =>
          [name, await asked(alarms.history(name, kind, shownTransitions))] as const,
      ),
    ),
  );
}
