import { LambdakitError, nearest } from "../../errors/index.ts";
import type { AlarmPlan, ServiceAlarmPlan, ServicePlan } from "../../plan/index.ts";

/** Those of a service's alarms that are asked for. */
export interface ChosenAlarms {
  /** The one over the others; null where it is not meant, or none is planned. */
  readonly service: ServiceAlarmPlan | null;
  readonly alarms: readonly AlarmPlan[];
}

/**
 * Finds what is meant: nothing means all; the service's alarm brings those along that it looks at. A name counts in
 * whole, or without its prefix and its environment: `service`, `list-errors`.
 *
 * @throws {LambdakitError} OBSERVE_UNKNOWN_ALARM
 */
export function chooseAlarms(plan: ServicePlan, asked: string | undefined): ChosenAlarms {
  const { alarms, serviceAlarm: service } = plan;
  if (asked === undefined) return { service, alarms };
  const isAsked = ({ name }: { readonly name: string }) =>
    name === asked || shortName(plan, name) === asked;
  if (service !== null && isAsked(service)) {
    return { service, alarms: alarms.filter(({ name }) => service.alarms.includes(name)) };
  }
  const found = alarms.find(isAsked);
  if (found === undefined) throw unknownAlarm(plan, asked);
  return { service: null, alarms: [found] };
}

function shortName({ deployment, service, environment }: ServicePlan, name: string): string {
  return name.slice(`${deployment.prefix}-${service}-`.length, -environment.length - 1);
}

function unknownAlarm(plan: ServicePlan, asked: string): LambdakitError {
  const { service, environment, alarms, serviceAlarm } = plan;
  const names = [...alarms, ...(serviceAlarm === null ? [] : [serviceAlarm])].map(
    ({ name }) => name,
  );
  const near =
    nearest(asked, names) ??
    nearest(
      asked,
      names.map((name) => shortName(plan, name)),
    ) ??
    names.find((name) => name.includes(asked));
  return new LambdakitError("OBSERVE_UNKNOWN_ALARM", {
    message: `${service} has no alarm "${asked}" in ${environment}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
    fix: `lambdakit alarms ${near === undefined ? "" : `show ${near} `}--env ${environment}`,
    at: "NAME",
  });
}
