import { serviceMetrics } from "../../../names.ts";
import type { DevEvent } from "../../dev-event.ts";
import { type EmbeddedFigure, embeddedFigures } from "../../embedded-metrics.ts";
import type { MetricsTold } from "./metrics-told.ts";
import { percentile, RecentValues } from "./recent-values.ts";
import { keptSlots, type OpenSlot, SlotRing, slotMilliseconds } from "./slot-ring.ts";

/** More routes or metrics than any service has; whoever makes up names shall not fill the memory. */
const keptNames = 200;

/** What the local service did in the last minutes, in slots of a few seconds. Its memory has an end. */
export class MetricHistory {
  readonly #now: () => number;
  readonly #slots: SlotRing;
  readonly #latencies = new RecentValues(1000);
  readonly #routes = new Map<string, RecentValues>();
  readonly #own = new Map<
    string,
    { readonly figure: EmbeddedFigure; readonly values: RecentValues }
  >();

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.#slots = new SlotRing(now);
  }

  /** @returns whether it tells something about the figures */
  record(event: DevEvent): boolean {
    switch (event.type) {
      case "request": {
        const { status, milliseconds } = event.access;
        const slot = this.#slots.open();
        slot.counts.requests += 1;
        if (status >= 500) slot.counts.serverErrors += 1;
        else if (status >= 400) slot.counts.clientErrors += 1;
        slot.latencies.add(milliseconds, 0);
        this.#latencies.add(milliseconds, this.#now());
        return true;
      }
      case "invoked":
        if (event.report.initMilliseconds !== undefined) this.#slots.open().counts.coldStarts += 1;
        return true;
      case "table-call": {
        const { counts } = this.#slots.open();
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
    return this.#told(this.#slots.everything());
  }

  /** Undefined where nothing has changed. */
  changes(): MetricsTold | undefined {
    const changed = this.#slots.changes();
    return changed.length === 0 ? undefined : this.#told(changed);
  }

  #figure(figure: EmbeddedFigure): void {
    const { name, dimensions, values } = figure;
    const { latency, coldStart } = serviceMetrics;
    // The host counts cold starts better: those of functions without a route, too.
    if (name === coldStart.name) return;
    const { counts } = this.#slots.open();
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
    const { since } = this.#slots;
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
