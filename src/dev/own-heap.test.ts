import { describe, expect, it, onTestFinished, vi } from "vitest";
import { ownHeapKeeper } from "./own-heap.ts";

function exposing(gc: typeof globalThis.gc): void {
  const before = globalThis.gc;
  globalThis.gc = gc;
  onTestFinished(() => {
    globalThis.gc = before;
  });
}

const megabyte = () => new Array<number>(131_072).fill(0.5);

describe("the tool's own heap", () => {
  it("is collected when it has grown, where Node.js exposes its collector", () => {
    const gc = vi.fn();
    exposing(gc);
    const look = ownHeapKeeper();
    look();
    expect(gc).not.toHaveBeenCalled();
    // Something of what was there before may go meanwhile.
    const kept: number[][] = [];
    while (kept.length < 500 && gc.mock.calls.length === 0) {
      kept.push(megabyte());
      look();
    }
    expect(gc).toHaveBeenCalledTimes(1);
  });

  it("is left to V8 where it does not", () => {
    exposing(undefined);
    const look = ownHeapKeeper();
    const kept = Array.from({ length: 10 }, megabyte);
    expect(look).not.toThrow();
    expect(kept).toHaveLength(10);
  });
});
