import type {
  AlarmHistoryItem,
  CloudWatchClient,
  CompositeAlarm,
  MetricAlarm,
  StateValue,
} from "@aws-sdk/client-cloudwatch";
import type { Access } from "./access.ts";
import { metricAlarms } from "./metric-alarms.ts";
import { type Call, serviceCalls } from "./service-calls.ts";

/** What every alarm has. */
export interface AnyAlarmState {
  readonly name: string;
  readonly state: StateValue;
  /** Since when it is in this state: ISO 8601; null where CloudWatch does not say. */
  readonly since: string | null;
  /** As CloudWatch words it. */
  readonly reason: string;
  /** The same as data, in JSON; null where there is none. */
  readonly reasonData: string | null;
  /** Whether anybody is told: false where somebody has switched that off. */
  readonly actionsEnabled: boolean;
  /** ARNs of those who hear of it when it fires. */
  readonly actions: readonly string[];
}

/** An alarm over other alarms, as CloudWatch has it. */
export interface CompositeAlarmState extends AnyAlarmState {
  /** Which states of which alarms make it fire. */
  readonly rule: string;
}

/** An alarm over figures, as CloudWatch has it: its state, and what it is made of. */
export interface AlarmState extends AnyAlarmState {
  readonly threshold: number | null;
  readonly comparison: string;
  readonly periods: number;
  readonly datapointsToAlarm: number;
  readonly missingData: string;
  /** Null where it looks at a single metric. */
  readonly expression: string | null;
  readonly periodSeconds: number | null;
}

/** A change of an alarm's state. */
export interface AlarmTransition {
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly reasonData: string | null;
}

/** Alarms of CloudWatch. Every call throws what `awsError` says. */
export class Alarms {
  readonly #call: Call<typeof import("@aws-sdk/client-cloudwatch"), CloudWatchClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-cloudwatch"),
      (cloudWatch) => new cloudWatch.CloudWatchClient({ region, ...access }),
    );
  }

  /** Those of these that there are and that look at figures. */
  async read(names: readonly string[]): Promise<AlarmState[]> {
    const found = await metricAlarms(this.#call, "look at the alarms", names);
    return found.map(alarmState);
  }

  /** An alarm over other alarms; nothing where there is none. Emulators have none. */
  async readComposite(name: string): Promise<CompositeAlarmState | undefined> {
    return this.#call(`look at the alarm ${name}`, async (client, { DescribeAlarmsCommand }) => {
      const { CompositeAlarms = [] } = await client.send(
        new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ["CompositeAlarm"] }),
      );
      const [alarm] = CompositeAlarms;
      return alarm === undefined
        ? undefined
        : { ...anyAlarmState(alarm), rule: alarm.AlarmRule ?? "" };
    });
  }

  /**
   * The changes of an alarm's state, the newest first. Emulators keep none.
   *
   * @param kind whether it looks at figures or at other alarms: of the second kind CloudWatch speaks only where asked
   * @param most how many at most, up to 100
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html (2026-11-27)
   */
  async history(
    name: string,
    kind: "metric" | "composite",
    most: number,
  ): Promise<AlarmTransition[]> {
    return this.#call(
      `read the history of ${name}`,
      async (client, { DescribeAlarmHistoryCommand }) => {
        const { AlarmHistoryItems = [] } = await client.send(
          new DescribeAlarmHistoryCommand({
            AlarmName: name,
            AlarmTypes: [kind === "metric" ? "MetricAlarm" : "CompositeAlarm"],
            HistoryItemType: "StateUpdate",
            MaxRecords: most,
            ScanBy: "TimestampDescending",
          }),
        );
        return AlarmHistoryItems.map(transition);
      },
    );
  }
}

function anyAlarmState(alarm: MetricAlarm | CompositeAlarm): AnyAlarmState {
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    name: alarm.AlarmName ?? "",
    state: alarm.StateValue ?? "INSUFFICIENT_DATA",
    since: since?.toISOString() ?? null,
    reason: alarm.StateReason ?? "",
    reasonData: alarm.StateReasonData ?? null,
    actionsEnabled: alarm.ActionsEnabled ?? true,
    actions: alarm.AlarmActions ?? [],
  };
}

function alarmState(alarm: MetricAlarm): AlarmState {
  const { EvaluationPeriods = 1 } = alarm;
  const queries = alarm.Metrics ?? [];
  const period = queries.find(({ MetricStat }) => MetricStat !== undefined)?.MetricStat?.Period;
  return {
    ...anyAlarmState(alarm),
    threshold: alarm.Threshold ?? null,
    comparison: alarm.ComparisonOperator ?? "",
    periods: EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? EvaluationPeriods,
    // What CloudWatch does where nobody has said anything else.
    missingData: alarm.TreatMissingData ?? "missing",
    expression: queries.find(({ Expression }) => Expression !== undefined)?.Expression ?? null,
    periodSeconds: period ?? alarm.Period ?? null,
  };
}

function transition({
  AlarmName = "",
  Timestamp,
  HistoryData = "{}",
}: AlarmHistoryItem): AlarmTransition {
  const { oldState, newState } = Object(parsed(HistoryData));
  const data = Object(newState).stateReasonData;
  return {
    name: AlarmName,
    at: Timestamp?.toISOString() ?? "",
    from: String(Object(oldState).stateValue ?? ""),
    to: String(Object(newState).stateValue ?? ""),
    reason: String(Object(newState).stateReason ?? ""),
    reasonData: data === undefined ? null : typeof data === "string" ? data : JSON.stringify(data),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
