import type { LogLine } from "./log-source.ts";

/**
 * Whether a line was written by one of some versions. The name of a log stream says which: `2026/11/27/[7]5e0f`.
 *
 * @param versions by the key of the function
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html (2026-11-27)
 */
export function ofVersions(
  versions: Readonly<Record<string, string>>,
): (line: Pick<LogLine, "key" | "stream">) => boolean {
  return ({ key, stream }) => {
    const version = /\[([^\]]+)\]/.exec(stream)?.[1];
    return version !== undefined && Object.hasOwn(versions, key) && versions[key] === version;
  };
}
