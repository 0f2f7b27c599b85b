import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Deadline, Deadlines } from "./deadlines.ts";

describe("a deadline", () => {
  let deadlines: Deadlines;
  beforeEach(() => {
    vi.useFakeTimers();
    deadlines = new Deadlines();
  });
  afterEach(() => void vi.useRealTimers());

  it("is reached at its time, and not before", () => {
    const reached = vi.fn();
    deadlines.set(29_000, reached);
    vi.advanceTimersByTime(28_999);
    expect(reached).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(reached).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(reached).toHaveBeenCalledOnce();
  });

  it("is not reached once it is called off", () => {
    const reached = vi.fn();
    deadlines.callOff(deadlines.set(100, reached));
    vi.advanceTimersByTime(1_000);
    expect(reached).not.toHaveBeenCalled();
  });

  it("may be set, and another called off, by one that is reached", () => {
    const reached = vi.fn();
    let other: Deadline | undefined;
    deadlines.set(50, () => {
      if (other !== undefined) deadlines.callOff(other);
      deadlines.set(10, reached);
    });
    other = deadlines.set(55, () => expect.unreachable());
    vi.advanceTimersByTime(59);
    expect(reached).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(reached).toHaveBeenCalledOnce();
  });

  it("takes one timer, however many there are", () => {
    for (let n = 0; n < 100; n++) deadlines.callOff(deadlines.set(1_000 + n, () => {}));
    expect(vi.getTimerCount()).toBe(1);
  });

  it("is reached as setTimeout would be, among any others", () => {
    const wish = fc.record({
      startsAt: fc.nat(200),
      lasts: fc.nat(200),
      calledOffAfter: fc.option(fc.nat(200)),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 20 }), (wishes) => {
        const reached: number[] = [];
        const expected: number[] = [];
        for (const [index, { startsAt, lasts, calledOffAfter }] of wishes.entries()) {
          setTimeout(() => {
            const deadline = deadlines.set(lasts, () => reached.push(index));
            const timer = setTimeout(() => expected.push(index), lasts);
            if (calledOffAfter === null || calledOffAfter === lasts) return;
            setTimeout(() => {
              deadlines.callOff(deadline);
              clearTimeout(timer);
            }, calledOffAfter);
          }, startsAt);
        }
        vi.advanceTimersByTime(500);
        expect(reached.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});
