import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeReplication, lossesOf, replicationQueries } from "./replication.ts";

const now = Date.parse("2026-11-27T09:15:00Z");
const ago = (minutes: number, value: number) => ({ at: now - minutes * 60_000, value });
const regions = { from: "af-south-1", to: "eu-west-1" };

describe("what is known of a replica", () => {
  it("is asked for the pair of regions, in DynamoDB's own words", () => {
    expect(replicationQueries("products-prod", "eu-west-1")[0]).toEqual({
      id: "behind",
      namespace: "AWS/DynamoDB",
      name: "ReplicationLatency",
      statistic: "Maximum",
      dimensions: { TableName: "products-prod", ReceivingRegion: "eu-west-1" },
    });
  });

  it("is the worst of the last minutes, in seconds", () => {
    const points = [ago(20, 90_000), ago(4, 2_500), ago(2, 900)];
    expect(judgeReplication(points, [], now)).toEqual({
      is: "known",
      behindSeconds: 2.5,
      at: "2026-11-27T09:13:00.000Z",
    });
  });

  it("is that nothing was written since the last figure, where that is so", () => {
    expect(judgeReplication([ago(20, 900)], [ago(20, 5), ago(10, 0)], now)).toEqual({
      is: "quiet",
      since: "2026-11-27T08:55:00.000Z",
    });
    expect(judgeReplication([], [], now)).toEqual({
      is: "quiet",
      since: "2026-11-27T08:45:00.000Z",
    });
  });

  it("is nothing where something was written and no figure came", () => {
    expect(judgeReplication([ago(20, 900)], [ago(9, 5)], now)).toEqual({
      is: "unknown",
      why: "it was written to, and CloudWatch has no figure of what arrived",
      last: { behindSeconds: 0.9, at: "2026-11-27T08:55:00.000Z" },
    });
  });

  const points = fc.array(
    fc.record({ minutes: fc.nat({ max: 30 }), value: fc.nat({ max: 9_999_999 }) }),
  );

  it("is never better than the worst figure of the last five minutes", () => {
    fc.assert(
      fc.property(points, points, (behind, written) => {
        const figures = behind.map(({ minutes, value }) => ago(minutes, value));
        const state = judgeReplication(
          figures,
          written.map(({ minutes, value }) => ago(minutes, value)),
          now,
        );
        const fresh = behind.filter(({ minutes }) => minutes <= 5);
        expect(state.is === "known").toBe(fresh.length > 0);
        if (state.is !== "known") return;
        expect(state.behindSeconds).toBe(Math.max(...fresh.map(({ value }) => value)) / 1_000);
      }),
    );
  });

  it("is a loss where it is unknown or beyond the limit, and never where nothing is on its way", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 9_999, noNaN: true }),
        fc.nat({ max: 9_999 }),
        (behind, limit) => {
          const known = { is: "known", behindSeconds: behind, at: "T" } as const;
          expect(lossesOf({ a: known }, limit, regions)).toHaveLength(behind > limit ? 1 : 0);
        },
      ),
    );
    expect(lossesOf({ a: { is: "quiet", since: "T" } }, 0, regions)).toEqual([]);
    expect(lossesOf({ a: { is: "unknown", why: "w", last: null } }, 9_999, regions)).toEqual([
      "a: how far eu-west-1 is behind af-south-1 is not known: w; nothing is known of before",
    ]);
  });

  it("is said with how much, and since when", () => {
    const replication = {
      orders: { is: "known", behindSeconds: 4000, at: "2026-11-27T09:13:00.000Z" },
      products: {
        is: "unknown",
        why: "af-south-1 does not answer",
        last: { behindSeconds: 0.9, at: "2026-11-27T09:10:00.000Z" },
      },
    } as const;
    expect(lossesOf(replication, 3600, regions)).toEqual([
      "orders: eu-west-1 is 4000.0 s behind af-south-1 at 2026-11-27T09:13:00.000Z, and may be 3600.0 s",
      "products: how far eu-west-1 is behind af-south-1 is not known: af-south-1 does not answer; the last that is known is 0.9 s, at 2026-11-27T09:10:00.000Z",
    ]);
  });
});
