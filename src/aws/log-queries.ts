import type { CloudWatchLogsClient, ResultField } from "@aws-sdk/client-cloudwatch-logs";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";

/** A query of CloudWatch Logs Insights, over the whole of some log groups. */
export interface LogQuery {
  /** 50 at most: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html (2026-11-27) */
  readonly groups: readonly string[];
  readonly query: string;
  /** Milliseconds since 1970; Insights looks at whole seconds. */
  readonly from: number;
  readonly to: number;
}

/** How far a query has come. */
export interface QueryState {
  /** `Scheduled`, `Running`, `Complete`, `Failed`, `Cancelled`, `Timeout` or `Unknown`. */
  readonly status: string;
  /** What it has found by now: the value of each field, in the query's order. */
  readonly found: readonly (readonly (readonly [field: string, value: string])[])[];
  /** Null where CloudWatch says nothing of it. */
  readonly statistics: {
    readonly recordsMatched: number;
    readonly recordsScanned: number;
    readonly bytesScanned: number;
  } | null;
}

/** CloudWatch Logs Insights. Every call throws what `awsError` says. */
export class LogQueries {
  readonly #call: Call<typeof import("@aws-sdk/client-cloudwatch-logs"), CloudWatchLogsClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-cloudwatch-logs"),
      (logs) => new logs.CloudWatchLogsClient({ region, ...access }),
    );
  }

  /** @returns the query's id */
  async start({ groups, query, from, to }: LogQuery): Promise<string> {
    return this.#call("start the query", async (client, { StartQueryCommand }) => {
      const command = new StartQueryCommand({
        logGroupNames: [...groups],
        queryString: query,
        startTime: Math.floor(from / 1000),
        endTime: Math.ceil(to / 1000),
      });
      return (await client.send(command)).queryId ?? "";
    });
  }

  async state(id: string): Promise<QueryState> {
    return this.#call(
      "read what the query has found",
      async (client, { GetQueryResultsCommand }) => {
        const { status, results, statistics } = await client.send(
          new GetQueryResultsCommand({ queryId: id }),
        );
        const { recordsMatched = 0, recordsScanned = 0, bytesScanned = 0 } = statistics ?? {};
        return {
          status: status ?? "Unknown",
          found: (results ?? []).map(fieldsOf),
          statistics: statistics ? { recordsMatched, recordsScanned, bytesScanned } : null,
        };
      },
    );
  }

  /** A query that is given up goes on, and costs, until it is stopped. */
  async stop(id: string): Promise<void> {
    await this.#call("stop the query", (client, { StopQueryCommand }) =>
      client.send(new StopQueryCommand({ queryId: id })),
    );
  }
}

/** Without the pointer to the event, which is for programs that read it again. */
function fieldsOf(result: readonly ResultField[]): (readonly [string, string])[] {
  return result.flatMap(({ field = "", value = "" }) =>
    field === "@ptr" ? [] : [[field, value] as const],
  );
}
