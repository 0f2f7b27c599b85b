import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inParallel } from "./in-parallel.ts";

describe("inParallel", () => {
  it("does all, never more at once than allowed, and gives results in their order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(5)),
        fc.integer({ min: 1, max: 9 }),
        async (turns, atOnce) => {
          let running = 0;
          let most = 0;
          const results = await inParallel(turns, atOnce, async (count) => {
            most = Math.max(most, ++running);
            for (let turn = 0; turn < count; turn++) await Promise.resolve();
            running -= 1;
            return count * 2;
          });
          expect(results).toEqual(turns.map((count) => count * 2));
          expect(most).toBeLessThanOrEqual(Math.min(atOnce, turns.length));
        },
      ),
    );
  });
});
