import { describe, expect, it } from "vitest";
import { MemoryDynamo } from "../../../test/recovery-world.ts";
import type { BackupState } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { listBackups, settingsOfPlan } from "../index.ts";

const tables = [{ key: "orders", name: "orders-prod" }] as unknown as Parameters<
  typeof listBackups
>[1];
const now = Date.parse("2026-11-27T10:00:00Z");
const options = { switches: [], rpoMinutes: 60, now };

function point(id: string, at: string, region = "eu-west-1"): BackupState {
  return {
    arn: `arn:aws:backup:${region}:1:recovery-point:${id}`,
    name: id,
    kind: "aws-backup",
    status: "AVAILABLE",
    at,
    bytes: 1,
    expiresAt: null,
    vault: { name: "vault", region, table: "orders-prod" },
  };
}

function world(...points: BackupState[]): MemoryDynamo {
  const dynamo = new MemoryDynamo();
  const settings = {
    ...settingsOfPlan({ environment: "dev", tags: {} }, { timeToLiveAttribute: null }),
    recoveryDays: null,
  };
  dynamo.there.set("orders-prod", { items: [], settings, restore: null });
  for (const one of points) dynamo.points.set(one.arn, { ...one, items: [] });
  return dynamo;
}

describe("what there is to bring a table back from", () => {
  it("has AWS Backup's in its vault, with what DynamoDB lists once, the newest first", async () => {
    const twice = point("twice", "2026-11-27T09:10:00.000Z");
    const dynamo = world(point("old", "2026-11-27T08:00:00.000Z"), twice);
    dynamo.kept.set("twice", {
      ...twice,
      arn: "arn:aws:dynamodb:::table/orders-prod/x",
      items: [],
    });
    dynamo.points.set("again", {
      ...twice,
      arn: "arn:aws:dynamodb:::table/orders-prod/x",
      items: [],
    });
    const { tables: listed, copiesUnknown } = await listBackups(dynamo, tables, options);
    expect(copiesUnknown).toBeNull();
    expect(listed[0]?.backups.map(({ name, table }) => [name, table])).toEqual([
      ["twice", "orders-prod"],
      ["twice", "orders-prod"],
      ["old", "orders-prod"],
    ]);
    expect(listed[0]).toMatchObject({ ageMinutes: 50, isTooOld: false });
  });

  it("has copies of another region, by which no RPO is kept here", async () => {
    const dynamo = world(point("here", "2026-11-27T03:00:00.000Z"));
    const copy = point("there", "2026-11-27T09:30:00.000Z", "af-south-1");
    const copies = {
      name: "vault",
      region: "af-south-1",
      tableArn: dynamo.vault.tableArn,
      points: { list: async () => [copy] },
    };
    const { tables: listed } = await listBackups(
      Object.assign(dynamo, { copies }),
      tables,
      options,
    );
    expect(listed[0]?.backups.map(({ name }) => name)).toEqual(["there", "here"]);
    expect(listed[0]).toMatchObject({ ageMinutes: 7 * 60, isTooOld: true });
  });

  it("is told without the copies where their region does not answer", async () => {
    const dynamo = world(point("here", "2026-11-27T09:30:00.000Z"));
    const list = async () => {
      throw new LambdakitError("AWS_UNREACHABLE", { message: "nobody answers", fix: "wait" });
    };
    const { tableArn } = dynamo.vault;
    const copies = { name: "vault", region: "af-south-1", tableArn, points: { list } };
    const { tables: listed, copiesUnknown } = await listBackups(
      Object.assign(dynamo, { copies }),
      tables,
      options,
    );
    expect(copiesUnknown).toBe("nobody answers");
    expect(listed[0]?.backups.map(({ name }) => name)).toEqual(["here"]);
  });
});
