import {
  DescribeAlarmsCommand,
  type MetricAlarm,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import type { Account } from "../../../src/emulator/deployed/account.ts";
import { datumsOf, seriesOf } from "../../../src/emulator/figures/datums.ts";
import { every } from "../../../src/emulator/live/every.ts";
import type { Traffic } from "../../../src/emulator/live/traffic.ts";
import { type AlarmState, stateReason } from "../../../src/evaluate/index.ts";
import { cloudWatchOf } from "../cloud-watch.ts";
import { type JudgedAlarm, readAlarm } from "./alarm.ts";

export interface JudgeOptions {
  /**
   * How long a minute is. An alarm whose period is five of them looks at five of these. It is simulated
   * that time goes quicker: the traffic is real, and has to be enough for a minimum count. @default 1000
   */
  readonly minuteMilliseconds?: number;
  /** The time between two looks at all alarms. @default 500 */
  readonly everyMilliseconds?: number;
  /**
   * Whether how long something takes is judged. What is slow here is this machine, with all that runs
   * on it, and no service. @default false: those alarms see no figures
   */
  readonly judgesTimes?: boolean;
}

/** An alarm that went from one state to the other. */
export interface StateChange {
  readonly alarm: string;
  readonly state: AlarmState;
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface AlarmJudge {
  readonly observe: (traffic: Traffic) => void;
  readonly changes: readonly StateChange[];
  stop(): Promise<void>;
}

/** No backup is made here, and that none was is what these alarms fire at. */
function isOfBackups({ Metrics = [] }: MetricAlarm): boolean {
  return Metrics.some(({ MetricStat }) => MetricStat?.Metric?.Namespace === "AWS/Backup");
}

/**
 * Judges the alarms that are in the account, which the emulator never does, over traffic that it is told of,
 * and sets their state. Only what Lambda and API Gateway report is known here: for all other metrics there
 * are no figures, as where nothing happens.
 *
 * @throws {Error} where an alarm is of a kind that is not known here
 */
export async function judgeAlarms(
  account: Account,
  { minuteMilliseconds = 1_000, everyMilliseconds = 500, judgesTimes = false }: JudgeOptions = {},
): Promise<AlarmJudge> {
  const client = cloudWatchOf(account);
  const samples = new Map<string, { readonly at: number; readonly value: number }[]>();
  const changes: StateChange[] = [];

  const read = async () => {
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));
    return MetricAlarms.filter((alarm) => !isOfBackups(alarm)).map((alarm) => ({
      alarm: readAlarm(alarm),
      state: alarm.StateValue,
    }));
  };
  const lengthOf = ({ periodSeconds }: JudgedAlarm) => (periodSeconds / 60) * minuteMilliseconds;
  const judge = (alarm: JudgedAlarm, now: number, current: AlarmState) => {
    const length = lengthOf(alarm);
    const startOf = (place: number) => now - (alarm.wanted - place) * length;
    const evaluation = alarm.judge(
      (series, place) =>
        (samples.get(series) ?? [])
          .filter(({ at }) => at >= startOf(place) && at < startOf(place + 1))
          .map(({ value }) => value),
      current,
    );
    return { state: evaluation.state, reason: stateReason(alarm, evaluation, startOf) };
  };
  const forget = (before: number) => {
    for (const [series, all] of samples) {
      const kept = all.findIndex(({ at }) => at >= before);
      if (kept !== 0) samples.set(series, kept < 0 ? [] : all.slice(kept));
    }
  };
  const look = async () => {
    // Whoever deploys or sets a state meanwhile is heard of.
    const alarms = await read();
    const at = Date.now();
    for (const { alarm, state: current = "INSUFFICIENT_DATA" } of alarms) {
      const { state, reason } = judge(alarm, at, current);
      if (state === current) continue;
      await client.send(
        new SetAlarmStateCommand({ AlarmName: alarm.name, StateValue: state, StateReason: reason }),
      );
      changes.push({ alarm: alarm.name, state, reason, at });
    }
    forget(at - Math.max(0, ...alarms.map(({ alarm }) => alarm.wanted * lengthOf(alarm))));
  };
  await look();
  const end = every(everyMilliseconds, look);
  return {
    observe(traffic) {
      for (const datum of datumsOf(traffic)) {
        if (datum.unit === "Milliseconds" && !judgesTimes) continue;
        const series = seriesOf(datum);
        const all = samples.get(series) ?? [];
        samples.set(series, all);
        all.push(datum);
      }
    },
    changes,
    async stop() {
      await end();
      client.destroy();
    },
  };
}
