import { describe, expect, it } from "vitest";
import { CallBudget } from "./call-budget.ts";

/** Makes calls one after the other, and says how many fit into each second. */
async function paced(seconds: number, outcome: (second: number) => "succeeded" | "throttled") {
  let now = 0;
  const clock = {
    ticks: () => now,
    random: () => 0,
    async sleep(milliseconds: number) {
      now += milliseconds;
    },
  };
  const budget = new CallBudget(clock);
  const calls = Array.from({ length: seconds }, () => 0);
  const { signal } = new AbortController();
  for (;;) {
    await budget.take(signal);
    now += 10;
    const second = Math.floor(now / 1000);
    if (second >= seconds) return calls;
    calls[second] = (calls[second] ?? 0) + 1;
    budget[outcome(second)]();
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe("the budget of calls", () => {
  it("is five at once, and then five a second", async () => {
    const calls = await paced(20, () => "succeeded");
    expect(calls[0]).toBeLessThanOrEqual(10);
    expect(sum(calls.slice(1))).toBeGreaterThanOrEqual(19 * 5 - 2);
    expect(Math.max(...calls.slice(1))).toBeLessThanOrEqual(6);
  });

  it("shrinks where AWS throttles, and recovers where it no longer does", async () => {
    const calls = await paced(90, (second) => (second < 30 ? "throttled" : "succeeded"));
    expect(sum(calls.slice(20, 30))).toBeLessThanOrEqual(3);
    expect(sum(calls.slice(30, 40))).toBeLessThan(40);
    expect(sum(calls.slice(80))).toBeGreaterThanOrEqual(48);
  });

  it("counts calls that are throttled together as one throttling", async () => {
    const together = await paced(10, (second) => (second === 0 ? "throttled" : "succeeded"));
    expect(sum(together)).toBeGreaterThan(30);
  });
});
