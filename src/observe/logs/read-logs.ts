import type { Clock } from "./clock.ts";
import { follow } from "./follow.ts";
import { GroupReader } from "./group-reader.ts";
import type { LogGroup, LogLine, LogSource } from "./log-source.ts";
import { mergeByTime } from "./merge.ts";
import type { Notice } from "./notice.ts";

/** How long one page is tried where AWS throttles or does not answer, and nobody follows. Longer than a throttled minute. */
const patienceMilliseconds = 90_000;

export interface ReadOptions {
  readonly groups: readonly LogGroup[];
  readonly source: LogSource;
  readonly clock: Clock;
  /** In milliseconds since 1970, inclusive. */
  readonly from: number;
  /** @default now, and later ones where somebody follows */
  readonly to?: number | undefined;
  /** Goes on until the signal, and waits as long as it takes where AWS does not answer. */
  readonly follow: boolean;
  /** What CloudWatch may leave out already. It has to give at least what is kept. */
  readonly pattern?: string | undefined;
  readonly keep: (line: LogLine) => boolean;
  /** Of the lines that are there already, only so many, the newest. @default all */
  readonly limit?: number | undefined;
  readonly signal: AbortSignal;
  readonly notice: (notice: Notice) => void;
}

/** Some lines, and whether they were there before the reading began. */
export interface LinesRead {
  readonly lines: readonly LogLine[];
  readonly isHistory: boolean;
}

/**
 * The lines of some log groups in order of time. Of the same millisecond, those of an earlier group come first.
 *
 * @throws {LambdakitError} LOGS_NO_GROUP or AWS_NOT_ALLOWED where no group can be read at all; or as the source does
 */
export async function* readLogs(options: ReadOptions): AsyncGenerator<LinesRead> {
  const { groups, source, clock, from, keep, limit, signal, notice, pattern } = options;
  const reader = new GroupReader({
    source,
    clock,
    pattern,
    signal,
    notice,
    patienceMilliseconds: options.follow ? Number.POSITIVE_INFINITY : patienceMilliseconds,
  });
  let isTold = options.follow;
  reader.whenWaiting(() => {
    if (!isTold) notice({ type: "waiting", because: reader.trouble });
    isTold = true;
  });
  const read = options.follow ? follow({ ...options, reader }) : once();
  const newest = limit === undefined ? undefined : new Newest(limit);
  for await (const { lines, isHistory } of read) {
    const kept = lines.filter(keep);
    if (isHistory && newest !== undefined) newest.add(kept);
    else {
      const before = newest?.take() ?? [];
      if (before.length + kept.length > 0) yield { lines: [...before, ...kept], isHistory };
    }
  }
  const last = newest?.take() ?? [];
  if (last.length > 0) yield { lines: last, isHistory: true };
  const [failure] = reader.failures;
  if (signal.aborted) return;
  if (failure !== undefined && reader.failures.length === groups.length) throw failure;

  async function* once(): AsyncGenerator<LinesRead> {
    const to = options.to ?? source.now();
    const pages = groups.map(async function* ({ key, ...group }) {
      for await (const page of reader.pages({ key, ...group }, { from, to })) {
        yield page.map((event): LogLine => ({ ...event, key }));
      }
    });
    for await (const lines of mergeByTime(pages)) yield { lines, isHistory: true };
  }
}

/** The newest lines of many, without those before them. */
class Newest {
  readonly #limit: number;
  #lines: LogLine[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(lines: readonly LogLine[]): void {
    this.#lines = [...this.#lines, ...lines].slice(-this.#limit);
  }

  take(): LogLine[] {
    const taken = this.#lines;
    this.#lines = [];
    return taken;
  }
}
