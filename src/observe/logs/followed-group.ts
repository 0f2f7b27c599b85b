import type { Clock } from "./clock.ts";
import type { GroupReader } from "./group-reader.ts";
import type { LogGroup, LogLine, LogSource } from "./log-source.ts";
import { SeenEvents } from "./seen-events.ts";

/** Lines that come within this time are found by the next reading. Some margin for the clock, which has whole seconds. */
const soonMilliseconds = 5_000;
/** Lines that come within this time are found by the next reading that looks so far back. API Gateway takes its time. */
const lateMilliseconds = 120_000;
const lateReadingsMilliseconds = 30_000;
/** Looking far back may take no more than this share of the time. */
const lateShare = 0.25;

const fastestMilliseconds = 1_000;
/** Where others have news. */
const alertMilliseconds = 2_000;
const slowestMilliseconds = 5_000;
const missingMilliseconds = 30_000;
const calmer = 1.5;

/**
 * One group that is followed. CloudWatch has no order of arrival: what arrives late has an old time. So every reading
 * begins where the one before it had begun, less the time that lines may be late, and leaves out what it knows. A line
 * is missed only if it arrives later than that.
 */
export class FollowedGroup {
  readonly group: LogGroup;
  readonly #source: LogSource;
  readonly #clock: Clock;
  readonly #start: number;
  readonly #seen = new SeenEvents();
  #soonFrom: number;
  #lateFrom: number;
  #lateDue = 0;
  #due = 0;
  #pause = fastestMilliseconds;
  #readAt: number;

  /** @param start what is older is not asked for, in milliseconds since 1970 */
  constructor(group: LogGroup, source: LogSource, clock: Clock, start: number) {
    this.group = group;
    this.#source = source;
    this.#clock = clock;
    this.#start = start;
    this.#soonFrom = start;
    this.#lateFrom = start;
    this.#readAt = source.now();
  }

  /** When it is to be read next, in the clock's ticks. */
  get due(): number {
    return this.#due;
  }

  /** When it was read to its end last, in AWS's time. */
  get readAt(): number {
    return this.#readAt;
  }

  /** Other groups have news: this one may have, too. */
  alert(): void {
    this.#pause = Math.min(this.#pause, alertMilliseconds);
    this.#due = Math.min(this.#due, this.#clock.ticks() + this.#pause);
  }

  /** The lines that were not given yet, page by page. */
  async *news(reader: GroupReader): AsyncGenerator<readonly LogLine[]> {
    const { key } = this.group;
    const begun = this.#clock.ticks();
    const at = this.#source.now();
    // What could not be read was not late.
    if (!reader.isReadable(this.group)) this.#readAt = at;
    const isLateReading = begun >= this.#lateDue;
    const from = isLateReading ? this.#lateFrom : this.#soonFrom;
    const oldest = this.#from(at - lateMilliseconds);
    // As far back as the next reading that looks far back will begin.
    const remembered = isLateReading ? oldest : this.#lateFrom;
    let hasNews = false;
    for await (const page of reader.pages(this.group, { from, to: undefined })) {
      const lines: LogLine[] = [];
      for (const event of page) {
        if (this.#seen.add(event, remembered)) lines.push({ ...event, key });
      }
      if (lines.length === 0) continue;
      hasNews = true;
      yield lines;
    }
    const ended = this.#clock.ticks();
    if (!reader.isReadable(this.group)) {
      this.#readAt = this.#source.now();
      this.#due = ended + missingMilliseconds;
      return;
    }
    this.#soonFrom = this.#from(at - soonMilliseconds);
    if (isLateReading) {
      this.#lateFrom = oldest;
      this.#lateDue = ended + Math.max(lateReadingsMilliseconds, (ended - begun) / lateShare);
      this.#seen.forget(oldest);
    }
    this.#readAt = at;
    this.#pause = hasNews
      ? fastestMilliseconds
      : Math.min(slowestMilliseconds, this.#pause * calmer);
    this.#due = ended + this.#pause;
  }

  #from(time: number): number {
    return Math.max(this.#start, time);
  }
}
