import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import {
  type AlarmRow,
  type AlarmTransition,
  alarmRows,
  findAlarm,
  openAlarms,
} from "../../observe/index.ts";
import type { Command } from "../command.ts";
import { openObserved } from "../observation/access/observed.ts";
import { profileOptions } from "../observation/access/profiles.ts";
import {
  type AlarmHistories,
  alarmListText,
  alarmText,
} from "../observation/alarms/alarms-text.ts";

/** As many as a screen has room for, of one alarm. */
const shownTransitions = 10;

export const alarms: Command = {
  name: "alarms",
  summary: "which alarms fire, since when and why",
  description:
    "Without arguments lists the alarms that service.ts plans: which fire, which are not there, and the figures that they looked at last. With a name, in whole or without prefix and environment, that one. show NAME: what it looks at, when it fires, when it last changed, and what to do then. --history adds to the list when each last changed. Ends with 2 where one fires. Changes nothing.",
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
    const planned = name === undefined ? plan.alarms : [findAlarm(plan, name)];
    const gateway = openAlarms(plan, access);
    const names = planned.map((one) => one.name);
    const wantsHistory = isShown || input.flag("history");
    const [states, histories] = await Promise.all([
      gateway.read(names),
      Promise.all(wantsHistory ? names.map((one) => historyOf(gateway, one)) : []),
    ]);
    const rows = alarmRows(planned, states);
    const history = wantsHistory
      ? new Map(names.map((one, index) => [one, histories[index] ?? null]))
      : undefined;
    const { environment } = plan;
    const [only] = rows;
    terminal.out(
      input.flag("json")
        ? JSON.stringify({ environment, alarms: documentOf(rows, history) }, null, 2)
        : isShown && only !== undefined
          ? alarmText(only, history?.get(only.name) ?? null, environment, terminal)
          : alarmListText(environment, rows, history, terminal),
    );
    const firing = rows.find(({ state }) => state === "ALARM");
    if (firing === undefined) return exitCodes.ok;
    if (!isShown) terminal.err(`Next: lambdakit alarms show ${firing.name} --env ${environment}`);
    return exitCodes.differences;
  },
};

/** Null where it cannot be read: then the alarms are shown all the same. Emulators keep none. */
async function historyOf(
  gateway: ReturnType<typeof openAlarms>,
  name: string,
): Promise<readonly AlarmTransition[] | null> {
  try {
    return await gateway.history(name, shownTransitions);
  } catch (error) {
    if (Object(error).code === "AWS_FAILED" || Object(error).code === "AWS_NOT_ALLOWED")
      return null;
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
