import { type MetricDataQuery, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import type { Account } from "../../../src/emulator/deployed/account.ts";
import type { AlarmPlan, MetricPlan } from "../../../src/plan/index.ts";
import { cloudWatchOf } from "../cloud-watch.ts";

/**
 * Alarms as `terraform/modules/alarms` makes them.
 *
 * @param actions ARNs of those who hear of them. @default nobody
 */
export async function plantAlarms(
  account: Account,
  alarms: readonly AlarmPlan[],
  actions: readonly string[] = [],
): Promise<void> {
  const client = cloudWatchOf(account);
  const plant = ({ name, description, threshold, periods, ...alarm }: AlarmPlan) =>
    client.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        AlarmDescription: description,
        ComparisonOperator: alarm.comparison,
        Threshold: threshold,
        EvaluationPeriods: periods,
        DatapointsToAlarm: alarm.datapointsToAlarm,
        TreatMissingData: alarm.missingData,
        AlarmActions: [...actions],
        Metrics: [
          ...alarm.metrics.map((metric) => queryOf(metric, alarm)),
          ...(alarm.expression === null
            ? []
            : [
                {
                  Id: "result",
                  Label: name,
                  Expression: alarm.expression,
                  ReturnData: true,
                },
              ]),
        ],
      }),
    );
  await Promise.all(alarms.map(plant));
  client.destroy();
}

function queryOf(
  { id, namespace, name, statistic, dimensions }: MetricPlan,
  { expression, periodSeconds }: Pick<AlarmPlan, "expression" | "periodSeconds">,
): MetricDataQuery {
  return {
    Id: id,
    ReturnData: expression === null,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: periodSeconds,
      Stat: statistic,
    },
  };
}
