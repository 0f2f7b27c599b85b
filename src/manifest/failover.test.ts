import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failoverSeconds, failoverTimes } from "./index.ts";

describe("the time that it takes Route 53 to move callers", () => {
  it("is that of the checks which have to fail, and of the answers that resolvers keep", () => {
    const healthCheck = { intervalSeconds: 30, failureThreshold: 3 };
    expect(failoverSeconds({ recordTtlSeconds: 60, healthCheck })).toBe(150);
  });

  it("is within every recovery time that it can be within, with the check that costs less wherever that is enough", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (rtoMinutes) => {
        const times = failoverTimes(rtoMinutes);
        const seconds = failoverSeconds(times);
        expect(seconds <= rtoMinutes * 60).toBe(rtoMinutes >= 2);
        const slow = { ...times, healthCheck: { ...times.healthCheck, intervalSeconds: 30 } };
        if (failoverSeconds(slow) <= rtoMinutes * 60) {
          expect(times.healthCheck.intervalSeconds).toBe(30);
        }
      }),
    );
  });

  it("is longer with every check more, every second between them and every second that answers are kept", () => {
    const positive = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(positive, positive, positive, (recordTtlSeconds, interval, threshold) => {
        const secondsWith = (ttl: number, intervalSeconds: number, failureThreshold: number) =>
          failoverSeconds({
            recordTtlSeconds: ttl,
            healthCheck: { intervalSeconds, failureThreshold },
          });
        const all = secondsWith(recordTtlSeconds, interval, threshold);
        expect(secondsWith(recordTtlSeconds + 1, interval, threshold)).toBe(all + 1);
        expect(secondsWith(recordTtlSeconds, interval + 1, threshold)).toBe(all + threshold);
        expect(secondsWith(recordTtlSeconds, interval, threshold + 1)).toBe(all + interval);
      }),
    );
  });
});
