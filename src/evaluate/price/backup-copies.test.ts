import { describe, expect, it } from "vitest";
import { productManifest } from "../../../test/product-plan.ts";
import { type EnvironmentName, planService } from "../../plan/index.ts";
import { backupCopies } from "./backup-copies.ts";

function copiesOf(recovery: object, environment: EnvironmentName = "dev") {
  const { backups } = planService(productManifest({ recovery }), environment).recovery;
  if (backups === null) throw new Error("no backups");
  return backupCopies(backups);
}

describe("the copies of a table that are paid for", () => {
  it("are 23 an hour apart for each of three days, and 35 of a day", () => {
    expect(copiesOf({ rpoMinutes: 60 })).toEqual({ kept: 23 * 3 + 35, elsewhere: 0 });
  });

  it("are those of a day once more where they are copied to another region", () => {
    expect(copiesOf({ rpoMinutes: 60 }, "prod")).toEqual({ kept: 104, elsewhere: 35 });
  });

  it("are one a day where the RPO asks for no more", () => {
    expect(copiesOf({ rpoMinutes: 2_000, backups: { retentionDays: 10 } }).kept).toBe(10);
  });

  it("are fewer where they are kept for a day", () => {
    expect(copiesOf({ rpoMinutes: 180, backups: { retentionDays: 1 } }).kept).toBe(12);
  });
});
