import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BackupState } from "../../aws/index.ts";
import { prunable } from "../index.ts";

const now = Date.parse("2026-11-27T10:00:00Z");
type Kept = Pick<BackupState, "name" | "kind" | "status" | "at">;

const backup: fc.Arbitrary<Kept> = fc.record({
  name: fc.constantFrom(
    "lambdakit-orders-20261127-080000",
    "orders-kept-aside-20261127-080000",
    "lambdakit-orders2-20261127-080000",
    "before the sale",
  ),
  kind: fc.constantFrom("on-demand" as const, "aws-backup" as const, "system" as const),
  status: fc.constantFrom("AVAILABLE", "CREATING"),
  at: fc
    .integer({ min: 0, max: 60 * 24 })
    .map((hours) => new Date(now - hours * 3_600_000).toISOString()),
});
const isOurs = ({ name, kind, status }: Kept) =>
  name.startsWith("lambdakit-orders-") && kind === "on-demand" && status === "AVAILABLE";
const newest = (all: readonly Kept[]) =>
  Math.max(...all.filter(isOurs).map(({ at }) => Date.parse(at)));

describe("pruning backups", () => {
  it("takes nothing that somebody else made, and leaves the newest, whatever the rule", () => {
    const rules = fc.oneof(
      fc.record({ keep: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ olderThanSeconds: fc.integer({ min: 0, max: 10_000_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(backup), rules, (all, rule) => {
        const going = prunable(all, "orders", rule, now);
        const left = all.filter((one) => !going.includes(one));
        expect(going.every(isOurs)).toBe(true);
        if (all.some(isOurs)) expect(newest(left)).toBe(newest(all));
      }),
    );
  });

  it("keeps the newest so many, or what is young enough; the oldest goes first", () => {
    const days = [1, 2, 3, 40, 50].map((age): Kept => {
      const at = new Date(now - age * 86_400_000).toISOString();
      return { name: `lambdakit-orders-${age}`, kind: "on-demand", status: "AVAILABLE", at };
    });
    const names = (rule: Parameters<typeof prunable>[2]) =>
      prunable(days, "orders", rule, now).map(({ name }) => name);
    expect(names({ keep: 3 })).toEqual(["lambdakit-orders-50", "lambdakit-orders-40"]);
    expect(names({ olderThanSeconds: 45 * 86_400 })).toEqual(["lambdakit-orders-50"]);
    expect(names({ olderThanSeconds: 1 })).toHaveLength(4);
    expect(names({ keep: 9 })).toEqual([]);
  });
});
