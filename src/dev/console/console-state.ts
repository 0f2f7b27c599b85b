import type { ServicePlan } from "../../plan/index.ts";
import type { DevEvent } from "../dev-event.ts";
import { type EnvironmentState, type FunctionFigures, FunctionTally } from "./function-figures.ts";
import type { FeedSource } from "./live-feed.ts";
import { MetricHistory } from "./metrics/metric-history.ts";
import type { MetricsTold } from "./metrics/metrics-told.ts";
import { type Notice, noticeOf } from "./notice.ts";
import { type RequestDetail, RequestLog, type RequestSummary } from "./request-log.ts";
import { type ServiceFacts, serviceFacts } from "./service-facts.ts";

/** What an open page is told. Parts that have not changed are left out. */
export interface Told {
  /** True where all that the page has of requests is to go first. */
  readonly cleared?: boolean;
  /** Oldest first; one that is known already replaces what is known. */
  readonly requests: readonly RequestSummary[];
  readonly functions: readonly FunctionFigures[];
  readonly service?: ServiceFacts;
  readonly metrics?: MetricsTold;
  /** Of each kind of news the last. */
  readonly notices?: readonly Notice[];
}

interface Sources {
  readonly plan: () => ServicePlan;
  readonly environments: () => readonly EnvironmentState[];
  readonly engine: () => string;
  readonly notEmulated: () => readonly string[];
  readonly now?: () => number;
}

/** All that is known of what happened, and what of it the open pages have not been told yet. */
export class ConsoleState implements FeedSource {
  readonly #sources: Sources;
  readonly #log = new RequestLog();
  readonly #tally = new FunctionTally();
  readonly #metrics: MetricHistory;
  readonly #notices = new Map<Notice["about"], Notice>();
  readonly #changedRequests = new Set<number>();
  #cleared = false;
  #serviceChanged = false;
  #noticesChanged = false;

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#metrics = new MetricHistory(sources.now);
  }

  /**
   * @param watched whether a page has to be told
   * @returns whether there is something to tell
   */
  record(event: DevEvent, watched: boolean): boolean {
    const measured = this.#metrics.record(event);
    return this.#recordOther(event, watched) || measured;
  }

  #recordOther(event: DevEvent, watched: boolean): boolean {
    const id = this.#recordRequest(event);
    if (id !== undefined) {
      if (watched) this.#changedRequests.add(id);
      return true;
    }
    if (event.type === "environment-started" || event.type === "environment-ended") return true;
    // Lambda's own lines stand where an environment gets busy.
    if (event.type === "output") return event.platform;
    const notice = noticeOf(event, Date.now());
    if (notice === undefined) return false;
    if (event.type === "reloaded") {
      // What was denied may be allowed now.
      this.#notices.clear();
      this.serviceChanged();
    }
    this.#notices.set(notice.about, notice);
    this.#noticesChanged = true;
    return true;
  }

  detail(id: number): RequestDetail | undefined {
    return this.#log.detail(id);
  }

  serviceChanged(): void {
    this.#serviceChanged = true;
  }

  clear(): void {
    this.#log.clear();
    this.#changedRequests.clear();
    this.#cleared = true;
  }

  everything(): Told {
    return {
      cleared: true,
      requests: this.#log.summaries(),
      metrics: this.#metrics.everything(),
      ...this.#figures(),
      ...this.#facts(),
      ...this.#news(),
    };
  }

  changes(): Told {
    const changed = [...this.#changedRequests].flatMap((id) => this.#log.summary(id) ?? []);
    const metrics = this.#metrics.changes();
    const told: Told = {
      ...(metrics !== undefined && { metrics }),
      ...(this.#cleared && { cleared: true }),
      requests: changed,
      ...this.#figures(),
      ...(this.#serviceChanged && this.#facts()),
      ...(this.#noticesChanged && this.#news()),
    };
    this.#changedRequests.clear();
    this.#cleared = false;
    this.#serviceChanged = false;
    this.#noticesChanged = false;
    return told;
  }

  #recordRequest(event: DevEvent): number | undefined {
    const now = Date.now();
    switch (event.type) {
      case "request":
        return this.#log.answered(event.access, now);
      case "invoked":
        this.#tally.invoked(event.function, event.ok, event.report);
        return this.#log.invoked(event.function, event.ok, event.report, now);
      case "failed": {
        const { requestId } = event;
        if (requestId === undefined) return undefined;
        return this.#log.failed(event.function, event.message, requestId, now);
      }
      default:
        return undefined;
    }
  }

  #figures(): Pick<Told, "functions"> {
    const keys = this.#sources.plan().functions.map(({ key }) => key);
    return { functions: this.#tally.figures(keys, this.#sources.environments()) };
  }

  #news(): Pick<Told, "notices"> {
    return { notices: [...this.#notices.values()] };
  }

  #facts(): Pick<Told, "service"> {
    const { plan, engine, notEmulated } = this.#sources;
    return { service: serviceFacts(plan(), { engine: engine(), notEmulated: notEmulated() }) };
  }
}
