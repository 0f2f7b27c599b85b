import { describe, expect, it } from "vitest";
import type { BackupTable, ListedBackup } from "../../recover/index.ts";
import { backupsText } from "./backups-text.ts";

const own: ListedBackup = {
  arn: "arn:aws:dynamodb:eu-west-1:1:table/orders-prod/backup/1",
  name: "lambdakit-orders-prod-20261127-090000",
  kind: "on-demand",
  status: "AVAILABLE",
  at: "2026-11-27T09:00:00.000Z",
  bytes: 2_048,
  expiresAt: null,
  table: "orders-prod",
  ageMinutes: 60,
};
const copy: ListedBackup = {
  ...own,
  arn: "arn:aws:backup:af-south-1:1:recovery-point:1eb3b5e7",
  name: "1eb3b5e7-9eb0-435a-a80b-108b488b0d45",
  kind: "aws-backup",
  vault: { name: "bbws-shop-prod", region: "af-south-1", table: "orders-prod" },
  ageMinutes: 420,
};
const text = (backups: readonly ListedBackup[], columns: number) => {
  const table: BackupTable = {
    key: "orders",
    table: "orders-prod",
    isLost: false,
    window: null,
    backups,
    ageMinutes: 60,
    isTooOld: false,
  };
  return backupsText("prod", [table], 60, { columns, color: false, unicode: true });
};

describe("what there is to bring a table back from", () => {
  it("says in which vault and region a backup is, where AWS Backup has one", () => {
    const lines = text([own, copy], 160).split("\n");
    expect(lines.find((line) => line.includes("1eb3b5e7"))).toContain("bbws-shop-prod, af-south-1");
    expect(lines.find((line) => line.includes("lambdakit-"))).toContain("with the table");
    expect(text([own], 160)).not.toContain("with the table");
  });

  it.each([80, 40, 20])("fits into %i columns", (columns) => {
    const wide = text([own, copy], columns)
      .split("\n")
      .filter((line) => line.length > columns);
    expect(wide).toEqual([]);
  });
});
