import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Access } from "./access.ts";
import { awsNow, keepTime } from "./clock.ts";
import { type Call, serviceCalls } from "./service-calls.ts";

/** A log event as CloudWatch Logs has it. Times are milliseconds since 1970. */
export interface LogEvent {
  /** CloudWatch's own, the same whenever the event is read. */
  readonly id: string;
  readonly timestamp: number;
  readonly stream: string;
  readonly message: string;
}

/** What is read of a log group. */
export interface PageRequest {
  readonly group: string;
  /** Both inclusive; no end where there is none. */
  readonly from: number;
  readonly to: number | undefined;
  /** A filter pattern of CloudWatch's; nothing for every event. */
  readonly pattern: string | undefined;
  /** Of the page before; nothing for the first one. */
  readonly token: string | undefined;
}

/** Sorted by time. It may be empty and have a successor all the same. */
export interface LogPage {
  readonly events: readonly LogEvent[];
  readonly token: string | undefined;
}

/** Log groups of a region. Every call throws what `awsError` says, and is made once: who waits for what knows the caller. */
export class LogGroups {
  readonly #call: Call<typeof import("@aws-sdk/client-cloudwatch-logs"), CloudWatchLogsClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-cloudwatch-logs"),
      (logs) => keepTime(new logs.CloudWatchLogsClient({ region, ...access, maxAttempts: 1 })),
    );
  }

  /** AWS's time, in milliseconds since 1970. */
  now(): number {
    return awsNow();
  }

  /**
   * One page of a log group's events; undefined where there is no such group.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html (2026-11-27)
   */
  async page(
    { group, from, to, pattern, token }: PageRequest,
    signal?: AbortSignal,
  ): Promise<LogPage | undefined> {
    const read = () =>
      this.#call(`read ${group}`, async (client, { FilterLogEventsCommand }) => {
        const command = new FilterLogEventsCommand({
          logGroupName: group,
          startTime: from,
          endTime: to,
          filterPattern: pattern,
          nextToken: token,
          // AWS does so anyway; an emulator gives one stream after the other without it.
          interleaved: true,
        });
        const { events = [], nextToken } = await client.send(command, {
          ...(signal && { abortSignal: signal }),
        });
        return {
          events: events.map(
            ({ eventId = "", timestamp = 0, logStreamName: stream = "", message = "" }) => {
              return { id: eventId, timestamp, stream, message };
            },
          ),
          token: nextToken,
        };
      });
    try {
      return await read().catch((error) => {
        // A signature of a wrong time: the client knows the right one now.
        if (Object(Object(error?.cause).$metadata).clockSkewCorrected) return read();
        throw error;
      });
    } catch (error) {
      if (Object(Object(error).cause).name === "ResourceNotFoundException") return undefined;
      throw error;
    }
  }
}
