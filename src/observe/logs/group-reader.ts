import type { LogEvent, LogPage, PageRequest } from "../../aws/index.ts";
import { type ErrorCode, LambdakitError } from "../../errors/index.ts";
import { CallBudget } from "./call-budget.ts";
import type { Clock } from "./clock.ts";
import type { LogGroup, LogSource } from "./log-source.ts";
import type { Notice } from "./notice.ts";

/** What goes away by waiting. */
const passing: readonly ErrorCode[] = ["AWS_THROTTLED", "AWS_UNAVAILABLE", "AWS_UNREACHABLE"];

const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 10_000;

export interface ReaderOptions {
  readonly source: LogSource;
  readonly clock: Clock;
  readonly pattern: string | undefined;
  readonly signal: AbortSignal;
  /** How long one call is tried where AWS throttles or does not answer. */
  readonly patienceMilliseconds: number;
  readonly notice: (notice: Notice) => void;
}

export interface Range {
  readonly from: number;
  readonly to: number | undefined;
}

/** Reads log groups page by page, at a pace that they share. What cannot be read is told once. */
export class GroupReader {
  readonly #options: ReaderOptions;
  readonly #budget: CallBudget;
  readonly #unreadable = new Map<string, LambdakitError>();
  /** Why a call has to wait at present. */
  #trouble: LambdakitError | null = null;
  #whenWaiting: () => void = () => {};

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#budget = new CallBudget(options.clock);
  }

  get trouble(): LambdakitError | null {
    return this.#trouble;
  }

  /** Hears of each time that a call has to wait. */
  whenWaiting(hear: () => void): void {
    this.#whenWaiting = hear;
  }

  isReadable({ key }: LogGroup): boolean {
    return !this.#unreadable.has(key);
  }

  /** What the groups that cannot be read have instead of lines. */
  get failures(): LambdakitError[] {
    return [...this.#unreadable.values()];
  }

  /**
   * The pages of a group that have events. Nothing where there is no such group, or it may not be read: both are
   * told, and other groups go on.
   *
   * @throws {LambdakitError} as the source does, where waiting does not help
   */
  async *pages(group: LogGroup, { from, to }: Range): AsyncGenerator<readonly LogEvent[]> {
    const { pattern, signal } = this.#options;
    let token: string | undefined;
    do {
      const page = await this.#readable(group, { group: group.name, from, to, pattern, token });
      if (page === undefined || signal.aborted) return;
      if (page.events.length > 0) yield sorted(page.events);
      token = page.token;
    } while (token !== undefined);
  }

  async #readable(group: LogGroup, request: PageRequest): Promise<LogPage | undefined> {
    const { notice } = this.#options;
    const { key, name } = group;
    const tell = (error: LambdakitError, what: Notice) => {
      if (this.isReadable(group)) notice(what);
      this.#unreadable.set(key, error);
    };
    try {
      const page = await this.#patient(request);
      if (page === undefined) {
        if (!this.#options.signal.aborted) tell(noGroup(name), { type: "no-group", key, name });
        return undefined;
      }
      if (this.#unreadable.delete(key)) notice({ type: "found", key });
      return page;
    } catch (error) {
      if (!(error instanceof LambdakitError) || error.code !== "AWS_NOT_ALLOWED") throw error;
      tell(error, { type: "not-allowed", key, error });
      return undefined;
    }
  }

  /** Tries again what goes away by waiting, at times that chance spreads. */
  async #patient(request: PageRequest): Promise<LogPage | undefined> {
    const { source, clock, signal, patienceMilliseconds } = this.#options;
    const begun = clock.ticks();
    for (let attempt = 0; ; attempt++) {
      await this.#budget.take(signal);
      if (signal.aborted) return undefined;
      try {
        const page = await source.page(request, signal);
        this.#budget.succeeded();
        this.#trouble = null;
        return page;
      } catch (error) {
        if (signal.aborted) return undefined;
        if (!(error instanceof LambdakitError) || !passing.includes(error.code)) throw error;
        if (clock.ticks() - begun > patienceMilliseconds) throw error;
        this.#trouble = error;
        this.#whenWaiting();
        if (error.code === "AWS_THROTTLED") this.#budget.throttled();
        const longest = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt);
        await clock.sleep(longest * (0.2 + 0.8 * clock.random()), signal);
      }
    }
  }
}

/** AWS sorts them; an emulator may not. Sorting what is sorted costs next to nothing. */
function sorted(events: readonly LogEvent[]): readonly LogEvent[] {
  return [...events].sort((one, other) => one.timestamp - other.timestamp);
}

function noGroup(name: string): LambdakitError {
  return new LambdakitError("LOGS_NO_GROUP", {
    message: `There is no log group ${name}.`,
    fix: "lambdakit deploy; in sit and prod, lambdakit promote",
    at: name,
  });
}
