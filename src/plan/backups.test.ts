import fc from "fast-check";
import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { productManifest } from "../../test/product-plan.ts";
import { planService } from "./plan-service.ts";

const backupsOf = (recovery: object, environment: "dev" | "prod" = "dev") =>
  planService(productManifest({ recovery }), environment).recovery.backups;

describe("the backups of a service", () => {
  it("are made every hour, kept for three days, and one a day for 35", () => {
    expect(backupsOf({ rpoMinutes: 60 })).toEqual({
      vault: "bbws-product-dev",
      plan: "bbws-product-dev",
      role: "bbws-backup-product-dev",
      everyMinutes: 60,
      schedule: "cron(0 * ? * * *)",
      recentDays: 3,
      dailySchedule: "cron(0 3 ? * * *)",
      retentionDays: 35,
      copyTo: null,
      locked: false,
      from: "recovery",
    });
  });

  it("go to the recovery region, too, where there is one", () => {
    expect(backupsOf({}, "prod")?.copyTo).toEqual({
      region: "eu-west-1",
      vault: "bbws-product-prod",
    });
  });

  it("are none where all tables are somebody else's", () => {
    const tables = { products: { ...product.tables?.products, existing: true } };
    const { recovery, alarms } = planService(productManifest({ tables }), "prod");
    expect(recovery.backups).toBeNull();
    expect(alarms.map(({ kind }) => kind)).not.toContain("backup-age");
    expect(alarms.map(({ kind }) => kind)).not.toContain("replication-latency");
  });

  it.each([
    [10, 60, "cron(0 * ? * * *)"],
    [179, 60, "cron(0 * ? * * *)"],
    [180, 120, "cron(0 0/2 ? * * *)"],
    [421, 360, "cron(0 0/6 ? * * *)"],
    [1_440, 720, "cron(0 0/12 ? * * *)"],
    [1_500, 1_440, "cron(0 3 ? * * *)"],
    [100_000, 1_440, "cron(0 3 ? * * *)"],
  ])("follow an RPO of %i minutes every %i", (rpoMinutes, everyMinutes, schedule) => {
    expect(backupsOf({ rpoMinutes })).toMatchObject({ everyMinutes, schedule });
  });

  it("keep every RPO that AWS Backup can keep, however late it begins, and never a backup for less than a day", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 10_000 }),
        fc.integer({ min: 1, max: 400 }),
        (rpoMinutes, retentionDays) => {
          const plan = backupsOf({ rpoMinutes, backups: { retentionDays } });
          if (plan === null) throw new Error("no backups");
          if (rpoMinutes >= 120) {
            expect(plan.everyMinutes + 60).toBeLessThanOrEqual(Math.max(rpoMinutes, 120));
          } else expect(plan.everyMinutes).toBe(60);
          expect(1_440 % plan.everyMinutes).toBe(0);
          expect(plan.recentDays).toBeGreaterThanOrEqual(1);
          expect(plan.recentDays).toBeLessThanOrEqual(plan.retentionDays);
          expect(plan.schedule === plan.dailySchedule).toBe(plan.everyMinutes === 1_440);
        },
      ),
    );
  });
});

describe("the alarm of backups", () => {
  const alarmOf = (rpoMinutes: number) =>
    planService(productManifest({ recovery: { rpoMinutes } }), "dev").alarms.find(
      ({ kind }) => kind === "backup-age",
    );

  it("looks at as many whole periods as AWS takes, seven days at most", () => {
    expect(alarmOf(60)).toMatchObject({ periodSeconds: 3_600, periods: 3, datapointsToAlarm: 3 });
    expect(alarmOf(10_000)).toMatchObject({ periodSeconds: 86_400, periods: 2 });
    expect(alarmOf(10_000)?.description).toContain("for 48 hours");
  });
});
