import type { LogQuery, QueryState } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import type { Clock } from "./clock.ts";

/** Where queries run: CloudWatch Logs Insights. */
export interface QuerySource {
  start(query: LogQuery): Promise<string>;
  state(id: string): Promise<QueryState>;
  stop(id: string): Promise<void>;
}

export interface QueryAnswer extends QueryState {
  readonly id: string;
}

const pauseMilliseconds = 1_000;

/**
 * Runs a query to its end. One that is given up is stopped: AWS bills what a query scans.
 *
 * @param onState hears of each time that it was asked how far it is
 * @returns undefined where it was interrupted
 * @throws {LambdakitError} LOGS_QUERY_REFUSED, LOGS_QUERY_FAILED, LOGS_NO_GROUP, or as the source does
 */
export async function runQuery(
  query: LogQuery,
  source: QuerySource,
  clock: Clock,
  signal: AbortSignal,
  onState: (state: QueryState) => void,
): Promise<QueryAnswer | undefined> {
  const id = await source.start(query).catch((error) => {
    throw refused(error) ?? error;
  });
  try {
    while (!signal.aborted) {
      const state = await source.state(id);
      if (state.status === "Complete") return { ...state, id };
      if (
        state.status !== "Running" &&
        state.status !== "Scheduled" &&
        state.status !== "Unknown"
      ) {
        throw new LambdakitError("LOGS_QUERY_FAILED", {
          message: `The query ${id} has ended as ${state.status}.`,
          fix: "look at less at once: a shorter --since, fewer functions",
        });
      }
      onState(state);
      await clock.sleep(pauseMilliseconds, signal);
    }
  } catch (error) {
    // It may run still, where only asking has failed. That it cannot be stopped either is no news then.
    if (!(error instanceof LambdakitError && error.code === "LOGS_QUERY_FAILED")) {
      await source.stop(id).catch(() => {});
    }
    throw error;
  }
  await source.stop(id);
  return undefined;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html (2026-11-27) */
function refused(error: unknown): LambdakitError | undefined {
  const { name, message = "" } = Object(Object(error).cause);
  if (name === "MalformedQueryException" || name === "InvalidParameterException") {
    return new LambdakitError("LOGS_QUERY_REFUSED", {
      message: `CloudWatch Logs Insights does not take the query: ${message}`,
      fix: 'correct it, such as --insights "fields @timestamp, message | limit 20"',
      at: "--insights",
      cause: error,
    });
  }
  if (name !== "ResourceNotFoundException") return undefined;
  return new LambdakitError("LOGS_NO_GROUP", {
    message: `A log group of the query is not there: ${message}`,
    fix: "name the functions that are deployed: lambdakit logs FUNCTION --insights QUERY",
    cause: error,
  });
}
