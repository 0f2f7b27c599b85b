import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BackupState } from "../../aws/index.ts";
import { choosePoint, type Restorable } from "../index.ts";

const now = Date.parse("2026-11-27T10:00:00Z");
const window = { earliest: "2026-11-20T00:00:00.000Z", latest: "2026-11-27T09:55:00.000Z" };

function backup(name: string, at: string, more: Partial<BackupState> = {}): BackupState {
  const arn = `arn:aws:dynamodb:eu-west-1:1:table/products-prod/backup/${name}-${at}`;
  return {
    arn,
    name,
    at,
    kind: "on-demand",
    status: "AVAILABLE",
    bytes: 1,
    expiresAt: null,
    ...more,
  };
}

const backups = [
  backup("making", "2026-11-27T09:59:00.000Z", { status: "CREATING" }),
  backup("nine", "2026-11-27T09:00:00.000Z"),
  backup("twice", "2026-11-27T08:00:00.000Z"),
  backup("twice", "2026-11-27T07:00:00.000Z"),
];
const table: Restorable = {
  table: "products-prod",
  region: "eu-west-1",
  backups,
  earlier: [],
  window,
};

const time = (to: string, restorable = table) =>
  choosePoint({ kind: "time", to: Date.parse(to), text: `--to ${to}` }, restorable, now);
const named = (name: string, restorable = table) =>
  choosePoint({ kind: "backup", backup: name, text: `--backup ${name}` }, restorable, now);
const refused = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("it was not refused");
};

describe("the moment that a table is restored to", () => {
  it("is any within the window of point-in-time recovery, and no other", () => {
    const moments = fc.integer({ min: now - 20 * 86_400_000, max: now + 3_600_000 });
    fc.assert(
      fc.property(moments, (to) => {
        const at = new Date(to).toISOString();
        const isWithin = window.earliest <= at && at <= window.latest;
        if (isWithin) expect(time(at)).toEqual({ kind: "time", to: at });
        else expect(refused(() => time(at))).toMatchObject({ code: "RESTORE_OUT_OF_RANGE" });
      }),
    );
  });

  it("is not one that is still to come", () => {
    expect(refused(() => time("2026-11-27T10:00:01Z"))).toMatchObject({
      code: "RESTORE_OUT_OF_RANGE",
      message: "2026-11-27T10:00:01.000Z is still to come.",
    });
  });

  it("is told with the window and the backups right before and after, where it is not within", () => {
    expect(refused(() => time("2026-11-27T09:58:00Z"))).toMatchObject({
      message: expect.stringMatching(
        /any second from 2026-11-20\S+ to 2026-11-27T09:55\S+, and not to .*\nThe nearest backups:\n {2}2026-11-27T09:00:00.000Z {2}nine$/,
      ),
      fix: "--to 2026-11-27T09:55:00.000Z",
    });
  });

  it.each([
    ["its point-in-time recovery is off", null],
    ["it is gone, and its past with it", undefined],
  ])("cannot be any where %s: the nearest backups are named", (why, none) => {
    const lost = { ...table, window: none };
    expect(refused(() => time("2026-11-27T08:30:00Z", lost))).toMatchObject({
      code: "RESTORE_OUT_OF_RANGE",
      message: `products-prod cannot be restored to a moment: ${why}.\nThe nearest backups:\n  2026-11-27T08:00:00.000Z  twice\n  2026-11-27T09:00:00.000Z  nine`,
      fix: "--backup twice instead of --to",
    });
    expect(refused(() => time("2026-11-27T08:30:00Z", { ...lost, backups: [] }))).toMatchObject({
      message: expect.stringMatching(/There is no backup of it\.$/),
      fix: expect.stringContaining("dr backup list"),
    });
  });
});

describe("the backup that a table is restored from", () => {
  it("is the newest that can be restored, or the one that is named, or has the ARN", () => {
    const nine = { kind: "backup", name: "nine", at: "2026-11-27T09:00:00.000Z" };
    expect(named("latest")).toMatchObject(nine);
    expect(named("nine")).toMatchObject(nine);
    expect(named(backups[1]?.arn ?? "")).toMatchObject(nine);
  });

  it("may be of the table that this one stands for, if it is named", () => {
    const after = { ...table, backups: [], earlier: backups };
    expect(named("nine", after)).toMatchObject({ name: "nine" });
    expect(refused(() => named("latest", after))).toMatchObject({
      code: "RESTORE_NO_BACKUP",
      message: expect.stringContaining(
        "products-prod has no backup that can be restored.\nThere are:",
      ),
    });
  });

  it.each([
    ["is not there", "ten", "products-prod has no backup ten that can be restored."],
    ["is being made", "making", "The backup making is CREATING, and not AVAILABLE."],
    ["has the name of another", "twice", "2 backups of products-prod are called twice."],
  ])("is refused where it %s", (_, name, message) => {
    expect(refused(() => named(name))).toMatchObject({
      code: "RESTORE_NO_BACKUP",
      message: expect.stringContaining(message),
      fix: expect.stringMatching(/^--to|ARN|in a minute/),
    });
  });

  it("is none that AWS Backup has in another region, and says how it gets to this one", () => {
    const copy = "arn:aws:backup:af-south-1:1:recovery-point:7d1c";
    expect(refused(() => named(copy))).toMatchObject({
      code: "RESTORE_NO_BACKUP",
      message: `${copy} is in af-south-1, and AWS Backup restores where a backup is: products-prod is in eu-west-1.`,
      fix: expect.stringContaining("aws backup start-copy-job --region af-south-1"),
    });
  });

  it("is none where there is nothing at all", () => {
    const bare = { ...table, backups: [], window: undefined };
    expect(refused(() => named("latest", bare))).toMatchObject({
      code: "RESTORE_NO_BACKUP",
      fix: "lambdakit dr backup list shows what there is of all tables",
    });
  });
});
