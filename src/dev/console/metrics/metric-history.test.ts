import { describe, expect, it } from "vitest";
import type { DevEvent } from "../../dev-event.ts";
import { MetricHistory } from "./metric-history.ts";

const request = (status: number, milliseconds = 10): DevEvent => ({
  type: "request",
  access: { method: "GET", path: "/", status, milliseconds },
});

const measured = (name: string, value: number, dimensions: Record<string, string>): DevEvent => ({
  type: "output",
  function: "list",
  platform: false,
  line: JSON.stringify({
    _aws: {
      Timestamp: 0,
      CloudWatchMetrics: [
        { Namespace: "n", Dimensions: [Object.keys(dimensions)], Metrics: [{ Name: name }] },
      ],
    },
    ...dimensions,
    [name]: value,
  }),
});

function history() {
  let time = 1_000_000;
  const kept = new MetricHistory(() => time);
  return { kept, later: (seconds: number) => (time += seconds * 1000) };
}

describe("the history of metrics", () => {
  it("puts what happens within five seconds together, and nothing else", () => {
    const { kept, later } = history();
    for (const status of [200, 404, 500]) kept.record(request(status));
    later(5);
    kept.record(request(201, 30));
    expect(kept.everything().changed).toMatchObject([
      { time: 1_000_000, requests: 3, clientErrors: 1, serverErrors: 1, p50: 10 },
      { time: 1_005_000, requests: 1, clientErrors: 0, serverErrors: 0, p50: 30, p99: 30 },
    ]);
  });

  it("tells what has changed once, and everything to whoever comes", () => {
    const { kept } = history();
    expect(kept.changes()).toBeUndefined();
    kept.record(request(200));
    expect(kept.changes()?.changed).toHaveLength(1);
    expect(kept.changes()).toBeUndefined();
    expect(kept.everything().changed).toHaveLength(1);
  });

  it("forgets what is older than a quarter of an hour, though nobody has asked for it", () => {
    const { kept, later } = history();
    for (let slot = 0; slot < 1000; slot++) {
      kept.record(request(200));
      later(5);
    }
    expect(kept.changes()?.changed.length).toBeLessThanOrEqual(180);
    const { changed, latency } = kept.everything();
    expect(changed).toHaveLength(179);
    expect(latency.p50).toBe(10);
    later(3600);
    expect(kept.everything()).toMatchObject({ changed: [], latency: { p50: null } });
  });

  it("keeps the latency of routes apart, and counts what the runtime counts", () => {
    const { kept } = history();
    kept.record(measured("Latency", 8, { route: "GET /a" }));
    kept.record(measured("Latency", 80, { route: "GET /b" }));
    kept.record(measured("Conflicts", 2, { route: "GET /a" }));
    kept.record(measured("ColdStart", 1, { function_name: "f" }));
    const { routes, changed, own } = kept.everything();
    expect(routes).toEqual([
      { route: "GET /a", requests: 1, p50: 8, p90: 8, p99: 8 },
      { route: "GET /b", requests: 1, p50: 80, p90: 80, p99: 80 },
    ]);
    expect(changed).toMatchObject([{ conflicts: 2, validationFailures: 0 }]);
    expect(own).toEqual([]);
  });

  it("has a service's own metrics by their dimensions, and not more of them than fit", () => {
    const { kept } = history();
    for (const value of [1, 5]) kept.record(measured("Orders", value, { channel: "web" }));
    for (let id = 0; id < 5000; id++) kept.record(measured("Mistake", 1, { id: String(id) }));
    const { own } = kept.everything();
    expect(own[0]).toEqual({
      name: "Orders",
      unit: "None",
      dimensions: "channel web",
      values: 2,
      sum: 6,
      largest: 5,
    });
    expect(own).toHaveLength(200);
  });

  it("sums up what tables would have used, and what they have throttled", () => {
    const { kept } = history();
    const call = {
      type: "table-call",
      function: "f",
      operation: "GetItem",
      tables: [],
      status: 200,
      milliseconds: 1,
    } as const;
    kept.record({
      ...call,
      capacity: [
        { table: "a", read: 0.5, write: 0 },
        { table: "b", read: 0, write: 2 },
      ],
    });
    kept.record({ ...call, status: 400, errorType: "ProvisionedThroughputExceededException" });
    expect(kept.everything().changed).toMatchObject([{ read: 0.5, write: 2, throttled: 1 }]);
  });
});
