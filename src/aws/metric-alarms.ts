import type { CloudWatchClient, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { Call } from "./service-calls.ts";

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html (2026-11-27) */
const alarmsInOneCall = 100;

/**
 * Those of these alarms that there are and that look at figures, in as few calls as it takes.
 *
 * @param action for the error's message: `look at the alarms`
 */
export async function metricAlarms(
  call: Call<typeof import("@aws-sdk/client-cloudwatch"), CloudWatchClient>,
  action: string,
  names: readonly string[],
): Promise<MetricAlarm[]> {
  const pages = Array.from({ length: Math.ceil(names.length / alarmsInOneCall) }, (_, page) =>
    call(action, async (client, { DescribeAlarmsCommand }) => {
      const start = page * alarmsInOneCall;
      const AlarmNames = names.slice(start, start + alarmsInOneCall);
      const { MetricAlarms = [] } = await client.send(
        new DescribeAlarmsCommand({ AlarmNames, MaxRecords: alarmsInOneCall }),
      );
      return MetricAlarms;
    }),
  );
  return (await Promise.all(pages)).flat();
}
