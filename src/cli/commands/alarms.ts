import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import {
  type AlarmRow,
  type AlarmTransition,
  alarmRows,
  findAlarm,
  openAlarms,
  type ServiceAlarmRow,
  serviceAlarmRow,
} from "../../observe/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { alarmSections } from "../../runbook/index.ts";
import { isEmulated } from "../../terraform/index.ts";
import type { Command } from "../command.ts";
import { openObserved } from "../observation/access/observed.ts";
import { profileOptions } from "../observation/access/profiles.ts";
import {
  type AlarmHistories,
  alarmListText,
  alarmText,
} from "../observation/alarms/alarms-text.ts";
import { serviceAlarmText } from "../observation/alarms/service-alarm-text.ts";

/** As many as a screen has room for, of one alarm. */
const shownTransitions = 10;

export const alarms: Command = {
  name: "alarms",
  summary: "which alarms fire, since when and why",
  description:
    "Without arguments lists the alarms that service.ts plans: which fire, which are not there, and the figures that they looked at last. With a name, in whole or without prefix and environment, that one. show NAME: what it looks at, when it fires, when it last changed, and the runbook's section about it: what it means, and what to do. NAME may be service: the one alarm over those that wake somebody. --history adds to the list when each last changed. Ends with 2 where one fires. Changes nothing.",
  examples: [
    "lambdakit alarms",
    "lambdakit alarms --env prod --history",
    "lambdakit alarms list-errors --env prod",
    "lambdakit alarms show bbws-product-api-latency-prod --env prod --json",
  ],
  options: {
    env: {
      type: "choice",
      choices: environmentNames,
      description: "the environment",
      default: "dev",
    },
    ...profileOptions,
    history: { type: "flag", description: "when each changed its state" },
  },
  arguments: ["show", "NAME"],

  async run(input, { terminal }) {
    const { isShown, name } = askedFor(input.arguments);
    const { plan, access } = await openObserved(input);
    const isOfService = name !== undefined && isServiceAlarm(plan, name);
    const planned = name === undefined || isOfService ? plan.alarms : [findAlarm(plan, name)];
    const gateway = openAlarms(plan, access);
    const names = planned.map((one) => one.name);
    const wantsHistory = (isShown && !isOfService) || input.flag("history");
    const [states, service, histories] = await Promise.all([
      gateway.read(names),
      readServiceAlarm(gateway, plan),
      Promise.all(wantsHistory ? names.map((one) => historyOf(gateway, one)) : []),
    ]);
    const rows = alarmRows(planned, states, service?.isHeard ?? null);
    const history = wantsHistory
      ? new Map(names.map((one, index) => [one, histories[index] ?? null]))
      : undefined;
    const { environment } = plan;
    const [only] = rows;
    const sections = new Map(alarmSections(plan).map((one) => [one.anchor, one]));
    const explained = isShown
      ? sections.get((isOfService ? service : only)?.runbook ?? "")
      : undefined;
    const document = () => ({
      environment,
      serviceAlarm: service,
      alarms: documentOf(rows, history),
      ...(explained === undefined ? {} : { section: explained }),
    });
    const text = () => {
      if (explained === undefined) {
        return alarmListText(
          environment,
          name === undefined ? service : null,
          rows,
          history,
          terminal,
        );
      }
      if (isOfService && service !== null) {
        return serviceAlarmText(service, rows, explained, terminal);
      }
      return alarmText(
        only as AlarmRow,
        history?.get((only as AlarmRow).name) ?? null,
        explained,
        terminal,
      );
    };
    terminal.out(input.flag("json") ? JSON.stringify(document(), null, 2) : text());
    const firing = rows.find(({ state }) => state === "ALARM");
    if (firing === undefined) return exitCodes.ok;
    if (!isShown) terminal.err(`Next: lambdakit alarms show ${firing.name} --env ${environment}`);
    return exitCodes.differences;
  },
};

/** As it is called in whole, or without prefix and environment: `service`. */
function isServiceAlarm({ serviceAlarm }: ServicePlan, asked: string): boolean {
  return serviceAlarm !== null && (asked === serviceAlarm.name || asked === "service");
}

async function readServiceAlarm(
  gateway: ReturnType<typeof openAlarms>,
  { serviceAlarm }: ServicePlan,
): Promise<ServiceAlarmRow | null> {
  if (serviceAlarm === null) return null;
  const state = isEmulated() ? null : await gateway.readComposite(serviceAlarm.name);
  return serviceAlarmRow(serviceAlarm, state);
}

/** What leaves the alarms readable; emulators answer 500. */
const withoutHistory: readonly unknown[] = ["AWS_FAILED", "AWS_NOT_ALLOWED", "AWS_UNAVAILABLE"];

/** Null where it cannot be read: then the alarms are shown all the same. Emulators keep none. */
async function historyOf(
  gateway: ReturnType<typeof openAlarms>,
  name: string,
): Promise<readonly AlarmTransition[] | null> {
  try {
    return await gateway.history(name, shownTransitions);
  } catch (error) {
    if (withoutHistory.includes(Object(error).code)) return null;
    throw error;
  }
}

function askedFor([first, second]: readonly string[]): {
  readonly isShown: boolean;
  readonly name: string | undefined;
} {
  if (first === "show" && second !== undefined) return { isShown: true, name: second };
  if (first !== "show" && second === undefined) return { isShown: false, name: first };
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `alarms ${[first, second].filter(Boolean).join(" ")} is nothing that can be answered.`,
    fix: "lambdakit alarms, or with: NAME, show NAME",
    at: "NAME",
  });
}

function documentOf(rows: readonly AlarmRow[], history: AlarmHistories | undefined) {
  return rows.map((row) =>
    history === undefined ? row : { ...row, history: history.get(row.name) ?? null },
  );
}
