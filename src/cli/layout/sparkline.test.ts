import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sparkline } from "./sparkline.ts";

describe("a line of figures", () => {
  it("goes from 0 to the highest, with a dot where there was none", () => {
    expect(sparkline([0, 1, null, 4, 8], 24, true)).toBe("▁▂·▅█");
    expect(sparkline([0, 1, null, 4, 8], 24, false)).toBe("_. =#");
  });

  it("is flat where nothing happened, and is not scaled by nothing", () => {
    expect(sparkline([0, 0], 24, true)).toBe("▁▁");
    expect(sparkline([], 24, true)).toBe("");
    expect(sparkline([null], 24, true)).toBe("·");
  });

  it("keeps the peaks where it has fewer places than figures", () => {
    expect(sparkline([1, 1, 1, 8, 1, 1, null, null], 4, true)).toBe("▂█▂·");
  });

  it("is as long as there is room, whatever the figures", () => {
    const figure = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
    const cases = fc.record({
      series: fc.array(fc.option(figure)),
      columns: fc.integer({ min: 1, max: 80 }),
    });
    fc.assert(
      fc.property(cases, ({ series, columns }) => {
        const line = sparkline(series, columns, true);
        expect([...line]).toHaveLength(Math.min(series.length, columns));
        expect(line).toMatch(/^[·▁-█]*$/);
      }),
    );
  });
});
