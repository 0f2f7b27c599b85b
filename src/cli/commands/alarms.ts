import type { AlarmsAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import {
  type AlarmHistory,
  type AlarmPorts,
  type AlarmsRead,
  type ChosenAlarms,
  chooseAlarms,
  openAlarms,
  readAlarms,
} from "../../observe/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { alarmSections } from "../../runbook/index.ts";
import { isEmulated } from "../../terraform/index.ts";
import { answerJson, type Frozen } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { targetOptions } from "../deployment/target.ts";
import type { Screen } from "../layout/screen.ts";
import { openObserved } from "../observation/access/observed.ts";
import { withOwnTables } from "../observation/access/own-tables.ts";
import { profileOptions } from "../observation/access/profiles.ts";
import { alarmListText } from "../observation/alarms/alarm-list-text.ts";
import { alarmText, serviceAlarmText } from "../observation/alarms/alarm-page-text.ts";

export const alarms: Command = {
  name: "alarms",
  summary: "which alarms fire, since when and why",
  description:
    "Without arguments lists the alarms that service.ts plans: which fire, which are not there, and the figures that they looked at last. With a name, in whole or without prefix and environment, that one; service is the one over those that wake somebody, and brings them along. show NAME: what it looks at, when it fires, when it last changed, and the runbook's section about it: what it means, and what to do. --history adds to the list when each last changed. Ends with 2 where one of these fires. Changes nothing.",
  examples: [
    "lambdakit alarms",
    "lambdakit alarms --env prod --history",
    "lambdakit alarms list-errors --env prod",
    "lambdakit alarms show bbws-product-api-latency-prod --env prod --json",
  ],
  options: {
    ...targetOptions,
    ...profileOptions,
    history: { type: "flag", description: "when each changed its state" },
  },
  arguments: ["show", "NAME"],

  async run(input, { terminal }) {
    const { isShown, name } = askedFor(input.arguments);
    const { access, ...observed } = await openObserved(input);
    const plan = await withOwnTables(observed.plan, access, terminal);
    const chosen = chooseAlarms(plan, name);
    const ports = openAlarms(plan, access, isEmulated());
    const { read, document, text } = isShown
      ? await showAlarm(ports, plan, chosen)
      : await listAlarms(ports, plan, chosen, input.flag("history"));
    terminal.out(input.flag("json") ? answerJson<AlarmsAnswer>(document) : text(terminal));
    const firing = [...read.rows, read.service].find((row) => row?.state === "ALARM");
    if (!firing) return exitCodes.ok;
    if (!isShown)
      terminal.err(`Next: lambdakit alarms show ${firing.name} --env ${plan.environment}`);
    return exitCodes.differences;
  },
};

interface Answer {
  readonly read: AlarmsRead;
  readonly document: Frozen<AlarmsAnswer>;
  text(screen: Screen): string;
}

async function listAlarms(
  ports: AlarmPorts,
  plan: ServicePlan,
  chosen: ChosenAlarms,
  withHistory: boolean,
): Promise<Answer> {
  const remembered = withHistory ? chosen : { service: null, alarms: [] };
  const read = await readAlarms(ports, plan, chosen, remembered);
  return {
    read,
    document: documentOf(plan, read),
    text: (screen) => alarmListText(plan.environment, read, screen),
  };
}

/** @param chosen one alarm, or the service's with those that it looks at */
async function showAlarm(
  ports: AlarmPorts,
  plan: ServicePlan,
  chosen: ChosenAlarms,
): Promise<Answer> {
  const remembered = chosen.service === null ? chosen : { ...chosen, alarms: [] };
  const read = await readAlarms(ports, plan, chosen, remembered);
  const { service, rows, histories } = read;
  const anchor = (service ?? rows[0])?.runbook;
  const section = alarmSections(plan).find((one) => one.anchor === anchor);
  const historyOf = (name: string): AlarmHistory => histories.get(name) ?? { known: [] };
  return {
    read,
    document: { ...documentOf(plan, read), ...(section !== undefined && { section }) },
    text: (screen) =>
      service === null
        ? rows.map((row) => alarmText(row, historyOf(row.name), section, screen)).join("\n")
        : serviceAlarmText(service, rows, historyOf(service.name), section, screen),
  };
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

/** Histories stand with their alarms; null where one could not be read. */
function documentOf({ environment }: ServicePlan, { service, rows, histories }: AlarmsRead) {
  const withHistory = <Row extends { readonly name: string }>(row: Row) => {
    const history = histories.get(row.name);
    if (history === undefined) return row;
    return { ...row, history: "known" in history ? history.known : null };
  };
  return {
    environment,
    serviceAlarm: service && withHistory(service),
    alarms: rows.map(withHistory),
  };
}
