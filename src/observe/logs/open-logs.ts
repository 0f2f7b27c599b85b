import { type Access, awsNow, LogGroups, LogQueries } from "../../aws/index.ts";
import type { LogSource } from "./log-source.ts";
import type { QuerySource } from "./run-query.ts";

/** The logs of a region in CloudWatch. */
export function openLogs(
  region: string,
  access: Access,
): {
  readonly groups: LogSource;
  readonly queries: QuerySource;
} {
  return { groups: new LogGroups(region, access), queries: new LogQueries(region, access) };
}

/** AWS's time, in milliseconds since 1970, once something of AWS has answered; this machine's before. */
export function timeOfAws(): number {
  return awsNow();
}
