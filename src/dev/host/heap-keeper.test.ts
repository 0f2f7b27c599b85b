import { describe, expect, it } from "vitest";
import { HeapKeeper } from "./heap-keeper.ts";

const mb = 1024 * 1024;

/** A heap of which only a part is in use; to collect it takes some milliseconds. */
function heap({ liveMb = 10, collectMilliseconds = 0 } = {}) {
  const state = { time: 1_000, collections: 0, liveMb };
  const keeper = new HeapKeeper(
    () => {
      state.collections += 1;
      state.time += collectMilliseconds;
      return state.liveMb * mb;
    },
    () => state.time,
  );
  return { state, look: (usedMb: number) => keeper.look(usedMb * mb) };
}

describe("a heap that is kept small", () => {
  it("is collected when it has grown by more than is worth it, and not before", () => {
    const { state, look } = heap({ liveMb: 11 });
    for (const usedMb of [10, 12, 15.9]) look(usedMb);
    expect(state.collections).toBe(0);
    look(16);
    expect(state.collections).toBe(1);
  });

  it("is compared with what was left by the last collection, though that was more than before", () => {
    const { state, look } = heap({ liveMb: 20 });
    look(10);
    look(20);
    look(25.9);
    expect(state.collections).toBe(1);
    look(26);
    expect(state.collections).toBe(2);
  });

  it("is compared with what V8 itself has left, where that was less", () => {
    const { state, look } = heap();
    for (const usedMb of [20, 9, 14.9]) look(usedMb);
    expect(state.collections).toBe(0);
    look(15);
    expect(state.collections).toBe(1);
  });

  it("is not collected where that would take more than a fiftieth of the time", () => {
    const { state, look } = heap({ collectMilliseconds: 20 });
    look(10);
    look(30);
    state.time += 999;
    look(30);
    expect(state.collections).toBe(1);
    state.time += 1;
    look(30);
    expect(state.collections).toBe(2);
  });
});
