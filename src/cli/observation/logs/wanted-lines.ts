import { LambdakitError } from "../../../errors/index.ts";
import {
  idPattern,
  type LogLine,
  linkedIds,
  ofVersions,
  parseFilter,
  parseLine,
  type ReadOptions,
  reaches,
  readLogs,
  withIds,
} from "../../../observe/index.ts";
import { openEnvironment, versionsOf } from "../../../release/index.ts";
import type { Observed } from "../access/observed.ts";
import type { LogsOptions } from "./logs-options.ts";

/** Which lines somebody wants to see. */
export interface WantedLines {
  readonly keep: (line: LogLine) => boolean;
  /** What CloudWatch may leave out already. */
  readonly pattern: string | undefined;
}

/**
 * What the options say of lines. Asks for a release's versions, and for the other ids of a request.
 *
 * @throws {LambdakitError} RELEASE_UNKNOWN, RELEASE_NOT_HERE, or as reading lines does
 */
export async function wantedLines(
  { filter, level, requestId, release }: LogsOptions,
  observed: Observed,
  reading: Omit<ReadOptions, "keep" | "pattern">,
): Promise<WantedLines> {
  const isOfText = filter === undefined ? undefined : parseFilter(filter);
  const isOfRelease = release === undefined ? undefined : await linesOfRelease(release, observed);
  const ids = requestId === undefined ? undefined : await idsOfRequest(requestId, reading);
  const hasId = ids && withIds(ids);
  const keep = (line: LogLine) => {
    if (hasId !== undefined && !hasId(line)) return false;
    if (isOfRelease !== undefined && !isOfRelease(line)) return false;
    if (isOfText === undefined && level === undefined) return true;
    const parsed = parseLine(line.message);
    return (level === undefined || reaches(parsed.level, level)) && (isOfText?.(parsed) ?? true);
  };
  return { keep, pattern: ids && idPattern(ids) };
}

async function linesOfRelease(release: string, { plan, caller, access }: Observed) {
  const { environment, releases, history } = openEnvironment(plan, caller, access);
  const { id } = await releases.find(release);
  const versions = versionsOf(await history.read(), id);
  if (versions === undefined) {
    throw new LambdakitError("RELEASE_NOT_HERE", {
      message: `The release ${id} never was in ${environment}, so that it has no versions there.`,
      fix: `lambdakit releases --env ${environment} shows those that were`,
    });
  }
  return ofVersions(
    Object.fromEntries(
      plan.functions.flatMap(({ key, name }) =>
        versions[name] === undefined ? [] : [[key, versions[name]]],
      ),
    ),
  );
}

/** An id, and those that lines with it carry as well: of a request, Lambda, API Gateway and the caller each have their own. */
async function idsOfRequest(
  id: string,
  reading: Omit<ReadOptions, "keep" | "pattern">,
): Promise<ReadonlySet<string>> {
  const ids = new Set([id]);
  const options = { ...reading, follow: false, limit: undefined, notice: () => {} };
  const found = readLogs({ ...options, pattern: idPattern([id]), keep: withIds([id]) });
  for await (const { lines } of found) {
    for (const linked of lines.flatMap(linkedIds)) ids.add(linked);
  }
  return ids;
}
