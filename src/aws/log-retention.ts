import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";

/** A log group, and how long it keeps its lines. */
export interface LogGroupState {
  readonly name: string;
  readonly arn: string;
  /** Null where for ever. */
  readonly retentionDays: number | null;
}

/** The log groups of a region. Every call throws what `awsError` says. */
export class LogRetention {
  readonly #call: Call<typeof import("@aws-sdk/client-cloudwatch-logs"), CloudWatchLogsClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-cloudwatch-logs"),
      (logs) => new logs.CloudWatchLogsClient({ region, ...access }),
    );
  }

  /**
   * Those whose names begin so.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html (2026-11-27)
   */
  async list(prefix: string): Promise<LogGroupState[]> {
    return this.#call(`list the log groups ${prefix}*`, async (client, logs) => {
      const found: LogGroupState[] = [];
      const pages = logs.paginateDescribeLogGroups({ client }, { logGroupNamePrefix: prefix });
      for await (const { logGroups = [] } of pages) {
        found.push(
          ...logGroups.map(({ logGroupName: name = "", arn = "", retentionInDays }) => {
            return { name, arn: arn.replace(/:\*$/, ""), retentionDays: retentionInDays ?? null };
          }),
        );
      }
      return found;
    });
  }
}
