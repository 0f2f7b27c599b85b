import { serviceMetrics } from "../../../names.ts";
import type { DevEvent } from "../../dev-event.ts";
import { type EmbeddedFigure, embeddedFigures } from "../../embedded-metrics.ts";
import { percentile, RecentValues } from "./recent-values.ts";

/** What happened within a few seconds. */
export interface MetricSlot {
  /** Epoch milliseconds of its beginning. */
  readonly time: number;
  readonly requests: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
  /** Of requests, as the caller waits for them, in milliseconds; null where there were none. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly coldStarts: number;
  /** Capacity units of all tables: an estimate. */
  readonly read: number;
  readonly write: number;
  readonly throttled: number;
  readonly validationFailures: number;
  readonly conflicts: number;
  readonly idempotentReplays: number;
}

/** A route's latency within its function, over all that is kept. */
export interface RouteLatency {
  readonly route: string;
  readonly requests: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
}

/** A metric of the service's own, over all that is kept. */
export interface OwnMetric {
  readonly name: string;
  readonly unit: string;
  /** Such as `channel web`. */
  readonly dimensions: string;
  readonly values: number;
  readonly sum: number;
  readonly largest: number;
}

export interface MetricsTold {
  readonly slotSeconds: number;
  readonly slots: number;
  /** Those that have changed; the page keeps the others. */
  readonly changed: readonly MetricSlot[];
  /** Of the last thousand requests, as callers wait for them, in milliseconds. */
  readonly latency: Pick<MetricSlot, "p50" | "p90" | "p99">;
  readonly routes: readonly RouteLatency[];
  readonly own: readonly OwnMetric[];
}

const slotMilliseconds = 5_000;
/** A quarter of an hour: what was tried just now, and what was there before it. */
const keptSlots = 180;
/** More routes or metrics than any service has; whoever makes up names shall not fill the memory. */
const keptNames = 200;

/** What the local service did in the last minutes, in slots of a few seconds. Its memory has an end. */
export class MetricHistory {
  readonly #now: () => number;
  readonly #slots: OpenSlot[] = [];
  readonly #changed = new Set<OpenSlot>();
  readonly #latencies = new RecentValues(1000);
  readonly #routes = new Map<string, RecentValues>();
  readonly #own = new Map<
    string,
    { readonly figure: EmbeddedFigure; readonly values: RecentValues }
  >();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @returns whether it tells something about the figures */
  record(event: DevEvent): boolean {
    switch (event.type) {
      case "request": {
        const { status, milliseconds } = event.access;
        const slot = this.#open();
        slot.counts.requests += 1;
        if (status >= 500) slot.counts.serverErrors += 1;
        else if (status >= 400) slot.counts.clientErrors += 1;
        slot.latencies.add(milliseconds, 0);
        this.#latencies.add(milliseconds, this.#now());
        return true;
      }
      case "invoked":
        if (event.report.initMilliseconds !== undefined) this.#open().counts.coldStarts += 1;
        return true;
      case "table-call": {
        const { counts } = this.#open();
        for (const { read, write } of event.capacity ?? []) {
          counts.read += read;
          counts.write += write;
        }
        if (event.errorType !== undefined && throttles.has(event.errorType)) counts.throttled += 1;
        return true;
      }
      case "output": {
        if (event.platform) return false;
        const figures = embeddedFigures(event.line);
        for (const figure of figures) this.#figure(figure);
        return figures.length > 0;
      }
      default:
        return false;
    }
  }

  everything(): MetricsTold {
    this.#changed.clear();
    const oldest = this.#slotTime() - (keptSlots - 1) * slotMilliseconds;
    const slots = this.#slots.filter(({ time }) => time >= oldest);
    return this.#told(slots.sort((a, b) => a.time - b.time));
  }

  /** Undefined where nothing has changed. */
  changes(): MetricsTold | undefined {
    if (this.#changed.size === 0) return undefined;
    const told = this.#told([...this.#changed]);
    this.#changed.clear();
    return told;
  }

  #figure(figure: EmbeddedFigure): void {
    const { name, dimensions, values } = figure;
    const { latency, coldStart } = serviceMetrics;
    // The host counts cold starts better: those of functions without a route, too.
    if (name === coldStart.name) return;
    const { counts } = this.#open();
    if (name === latency.name && dimensions.route !== undefined) {
      const route = kept(this.#routes, dimensions.route, () => new RecentValues());
      for (const value of values) route?.add(value, this.#now());
      return;
    }
    const counted = counters.find(([, metric]) => metric.name === name);
    if (counted !== undefined) {
      counts[counted[0]] += values.reduce((sum, value) => sum + value, 0);
      return;
    }
    const key = JSON.stringify([name, dimensions]);
    const own = kept(this.#own, key, () => ({ figure, values: new RecentValues() }));
    for (const value of values) own?.values.add(value, this.#now());
  }

  #told(slots: readonly OpenSlot[]): MetricsTold {
    const since = this.#slotTime() - (keptSlots - 1) * slotMilliseconds;
    return {
      slotSeconds: slotMilliseconds / 1000,
      slots: keptSlots,
      changed: slots.map(({ time, counts, latencies }) => ({
        time,
        ...counts,
        ...percentiles(latencies.since(0)),
      })),
      latency: percentiles(this.#latencies.since(since)),
      routes: [...this.#routes].map(([route, values]) => {
        const recent = values.since(since);
        return { route, requests: recent.length, ...percentiles(recent) };
      }),
      own: [...this.#own.values()].map(({ figure, values }) => {
        const recent = values.since(since);
        return {
          name: figure.name,
          unit: figure.unit,
          dimensions: Object.entries(figure.dimensions).flat().join(" "),
          values: recent.length,
          sum: recent.reduce((sum, value) => sum + value, 0),
          largest: recent.at(-1) ?? 0,
        };
      }),
    };
  }

  #slotTime(): number {
    return Math.floor(this.#now() / slotMilliseconds) * slotMilliseconds;
  }

  /** The present slot; it takes the place of the one that is too old by now. */
  #open(): OpenSlot {
    const time = this.#slotTime();
    const place = (time / slotMilliseconds) % keptSlots;
    let slot = this.#slots[place];
    if (slot?.time !== time) {
      // Nobody may have asked for it.
      if (slot !== undefined) this.#changed.delete(slot);
      slot = newSlot(time);
      this.#slots[place] = slot;
    }
    this.#changed.add(slot);
    return slot;
  }
}

const counters = [
  ["validationFailures", serviceMetrics.validationFailures],
  ["conflicts", serviceMetrics.conflicts],
  ["idempotentReplays", serviceMetrics.idempotentReplays],
] as const;

const throttles = new Set([
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "RequestLimitExceeded",
]);

interface OpenSlot {
  readonly time: number;
  readonly counts: {
    -readonly [Name in Exclude<keyof MetricSlot, "time" | "p50" | "p90" | "p99">]: number;
  };
  readonly latencies: RecentValues;
}

function newSlot(time: number): OpenSlot {
  return {
    time,
    counts: {
      requests: 0,
      clientErrors: 0,
      serverErrors: 0,
      coldStarts: 0,
      read: 0,
      write: 0,
      throttled: 0,
      validationFailures: 0,
      conflicts: 0,
      idempotentReplays: 0,
    },
    latencies: new RecentValues(100),
  };
}

function percentiles(sorted: readonly number[]) {
  return {
    p50: percentile(sorted, 50),
    p90: percentile(sorted, 90),
    p99: percentile(sorted, 99),
  };
}

/** What is there by this name, or made; undefined where there are too many already. */
function kept<Value>(map: Map<string, Value>, name: string, make: () => Value): Value | undefined {
  const known = map.get(name);
  if (known !== undefined || map.size >= keptNames) return known;
  const made = make();
  map.set(name, made);
  return made;
}
