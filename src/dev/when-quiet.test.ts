import { describe, expect, it, onTestFinished, vi } from "vitest";
import { WhenQuiet } from "./when-quiet.ts";

/** On a clock that stands still unless it is moved. */
function quietAfter(milliseconds: number) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const action = vi.fn();
  return { quiet: new WhenQuiet(milliseconds, action), action };
}

describe("what is done when it is quiet", () => {
  it("is done once after the last of what was under way", () => {
    const { quiet, action } = quietAfter(100);
    quiet.begin();
    vi.advanceTimersByTime(1_000);
    quiet.begin();
    quiet.end();
    vi.advanceTimersByTime(1_000);
    expect(action).not.toHaveBeenCalled();
    quiet.end();
    vi.advanceTimersByTime(99);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(action).toHaveBeenCalledTimes(1);
  });

  it("waits for a pause that is long enough", () => {
    const { quiet, action } = quietAfter(100);
    for (let n = 0; n < 20; n++) {
      quiet.begin();
      vi.advanceTimersByTime(15);
      quiet.end();
      vi.advanceTimersByTime(15);
    }
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(85);
    expect(action).toHaveBeenCalledTimes(1);
  });

  it("is not done while something is under way, nor after the end", () => {
    const { quiet, action } = quietAfter(100);
    quiet.begin();
    quiet.end();
    quiet.begin();
    vi.advanceTimersByTime(1_000);
    quiet.end();
    quiet.close();
    vi.advanceTimersByTime(1_000);
    expect(action).not.toHaveBeenCalled();
  });
});
