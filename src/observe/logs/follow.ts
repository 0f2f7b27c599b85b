import type { Clock } from "./clock.ts";
import { FollowedGroup } from "./followed-group.ts";
import type { GroupReader } from "./group-reader.ts";
import { HeldLines } from "./held-lines.ts";
import type { LogGroup, LogLine, LogSource } from "./log-source.ts";
import { mergeByTime } from "./merge.ts";
import type { Notice } from "./notice.ts";

/** Lines of different groups that come within this time of each other are put in order. */
const holdMilliseconds = 2_000;
const behindMilliseconds = 15_000;
const remindMilliseconds = 60_000;

export interface FollowOptions {
  readonly groups: readonly LogGroup[];
  readonly source: LogSource;
  readonly clock: Clock;
  readonly reader: GroupReader;
  /** In milliseconds since 1970. */
  readonly from: number;
  readonly signal: AbortSignal;
  readonly notice: (notice: Notice) => void;
}

/**
 * The lines of all groups, as they come, until the signal. Each once, in order but for those that come later than others
 * wait for them.
 *
 * @returns what has been there before it began first, as `history`
 * @throws {LambdakitError} where waiting does not help; what was held back has been given before
 */
export async function* follow(
  options: FollowOptions,
): AsyncGenerator<{ readonly lines: readonly LogLine[]; readonly isHistory: boolean }> {
  const { groups, source, clock, reader, from, signal } = options;
  const followed = groups.map((group) => new FollowedGroup(group, source, clock, from));
  const held = new HeldLines(holdMilliseconds);
  const lag = lagWatch(options, followed);
  reader.whenWaiting(lag);
  let isHistory = true;
  try {
    while (!signal.aborted) {
      const due = followed.filter((one) => one.due <= clock.ticks());
      let hasNews = false;
      for await (const lines of mergeByTime(due.map((one) => one.news(reader)))) {
        hasNews = true;
        held.add(lines, clock.ticks());
        yield { lines: held.release(source.now(), clock.ticks()), isHistory };
        lag();
      }
      if (isHistory && groups.every((group) => !reader.isReadable(group))) return;
      if (hasNews) {
        for (const one of followed) if (reader.isReadable(one.group)) one.alert();
      }
      lag();
      yield { lines: held.release(source.now(), clock.ticks()), isHistory };
      isHistory = false;
      const next = Math.min(...followed.map((one) => one.due));
      const pause = held.size > 0 ? Math.min(500, next - clock.ticks()) : next - clock.ticks();
      if (pause > 0) await clock.sleep(pause, signal);
    }
  } catch (error) {
    yield { lines: held.releaseAll(), isHistory };
    throw error;
  }
  yield { lines: held.releaseAll(), isHistory };
}

/** Says that lines come late, and when they no longer do. */
function lagWatch(
  { source, clock, reader, notice }: FollowOptions,
  followed: readonly FollowedGroup[],
): () => void {
  let toldAt: number | undefined;
  return () => {
    const readable = followed.filter(({ group }) => reader.isReadable(group));
    const lag = source.now() - Math.min(source.now(), ...readable.map(({ readAt }) => readAt));
    if (lag < behindMilliseconds) {
      if (toldAt !== undefined) notice({ type: "caught-up" });
      toldAt = undefined;
    } else if (toldAt === undefined || clock.ticks() - toldAt > remindMilliseconds) {
      toldAt = clock.ticks();
      notice({ type: "behind", seconds: Math.round(lag / 1000), because: reader.trouble });
    }
  };
}
