/** Backups and restores of tables, made to an emulator; and what DynamoDB refuses, by answers that are its own. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { withVariables } from "../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../emulator/start-moto.ts";
import { Backups, TableAdmin, TableRestores, type TableSettings } from "./index.ts";

const lacks = findMoto();
const region = "eu-west-1";

/** DynamoDB, as it answers everything. */
async function answering(status: number, body: object): Promise<string> {
  const server = createServer((_, response) =>
    response
      .writeHead(status, { "content-type": "application/x-amz-json-1.0" })
      .end(JSON.stringify(body)),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.skipIf(lacks.length > 0)("tables that are backed up and restored", () => {
  let moto: Moto;
  let restore: () => void;
  const backups = new Backups(region);
  const restores = new TableRestores(region);
  const admin = new TableAdmin(region);

  const call = async (action: string, body: object) => {
    const answer = await fetch(moto.url, {
      method: "POST",
      headers: {
        "X-Amz-Target": `DynamoDB_20120810.${action}`,
        "Content-Type": "application/x-amz-json-1.0",
        Authorization: `AWS4-HMAC-SHA256 Credential=test/20261127/${region}/dynamodb/aws4_request`,
      },
      body: JSON.stringify(body),
    });
    return answer.json() as Promise<Record<string, never>>;
  };
  const makeTable = (name: string) =>
    call("CreateTable", {
      TableName: name,
      AttributeDefinitions: [{ AttributeName: "PK", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "PK", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    });

  beforeAll(async () => {
    moto = await startMoto(region, "111122223333", false);
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
  });

  afterAll(async () => {
    restore?.();
    await moto?.stop();
  });

  it("has backups, the newest first, until they are deleted, even where the table is gone", async () => {
    await makeTable("orders");
    const first = await backups.create("orders", "lambdakit-orders-1");
    const second = await backups.create("orders", "lambdakit-orders-2");
    expect(await backups.status(first)).toBe("AVAILABLE");
    await call("DeleteTable", { TableName: "orders" });
    const listed = await backups.list("orders");
    expect(listed.map(({ arn, name, kind }) => ({ arn, name, kind }))).toEqual([
      { arn: second, name: "lambdakit-orders-2", kind: "on-demand" },
      { arn: first, name: "lambdakit-orders-1", kind: "on-demand" },
    ]);
    await backups.remove(first);
    expect((await backups.list("orders")).map(({ arn }) => arn)).toEqual([second]);
    expect(await backups.list("nothing")).toEqual([]);
  });

  it("can be restored to any second once point-in-time recovery is on", async () => {
    await makeTable("events");
    expect(await backups.window("events")).toBeNull();
    await admin.set("events", "recoveryDays", 35);
    const window = await backups.window("events");
    expect(window?.earliest).toMatch(/^\d{4}-.*Z$/);
    expect((window?.earliest ?? "") <= (window?.latest ?? "")).toBe(true);
    expect(await backups.window("nothing")).toBeUndefined();
  });

  it("is restored to a name that is free, and says what from", async () => {
    await makeTable("products");
    await call("PutItem", { TableName: "products", Item: { PK: { S: "a" } } });
    const backup = await backups.create("products", "one");
    await restores.start("products-2", { backup });
    expect(await restores.read("products-2")).toMatchObject({
      status: "ACTIVE",
      items: 1,
      replicas: [],
      restore: { isRunning: false, backup, table: "products" },
    });
    expect((await restores.read("products"))?.restore).toBeNull();
    expect(await restores.read("nothing")).toBeUndefined();
    await admin.set("products", "recoveryDays", 35);
    await restores.start("products-3", { table: "products", to: new Date().toISOString() });
    expect(await restores.read("products-3")).toMatchObject({
      restore: { backup: null, table: "products" },
    });
    await expect(restores.start("products-2", { backup })).rejects.toMatchObject({
      code: "RESTORE_TARGET_TAKEN",
    });
  });

  it("gets each setting back that it has lost, one by one", async () => {
    await makeTable("settings");
    const wanted: Partial<TableSettings> = {
      isProtected: true,
      stream: "NEW_AND_OLD_IMAGES",
      timeToLiveAttribute: "expires",
      recoveryDays: 35,
      tags: { team: "shop", cost: "12" },
      policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"dynamodb:GetItem","Resource":"*"}]}',
    };
    for (const [setting, value] of Object.entries(wanted)) {
      await admin.set("settings", setting as keyof TableSettings, value as never);
    }
    expect(await admin.settings("settings")).toEqual({
      billing: { mode: "on-demand", readUnits: null, writeUnits: null },
      tableClass: "STANDARD",
      // The emulator takes it at the beginning of a table only.
      key: null,
      contributorInsights: null,
      kinesisStreams: [],
      ...wanted,
    });
    await admin.set("settings", "tags", { team: "stock" });
    await admin.set("settings", "isProtected", false);
    await admin.set("settings", "timeToLiveAttribute", null);
    await admin.set("settings", "recoveryDays", null);
    await admin.set("settings", "policy", null);
    await admin.set("settings", "billing", {
      mode: "provisioned",
      readUnits: 5,
      writeUnits: 6,
    });
    await admin.tag("settings", { "lambdakit:kept-aside": "2026-11-27 replaced by settings-2" });
    expect(await admin.settings("settings")).toMatchObject({
      billing: { mode: "provisioned", readUnits: 5, writeUnits: 6 },
      isProtected: false,
      timeToLiveAttribute: null,
      recoveryDays: null,
      policy: null,
      tags: {
        team: "stock",
        "lambdakit:kept-aside": "2026-11-27 replaced by settings-2",
      },
    });
    expect(await admin.settings("nothing")).toBeUndefined();
  });
});

describe("a restore that DynamoDB refuses", () => {
  it.each([
    ["LimitExceededException", "RESTORE_LIMIT"],
    ["TableAlreadyExistsException", "RESTORE_TARGET_TAKEN"],
    ["TableInUseException", "RESTORE_TARGET_TAKEN"],
    ["BackupNotFoundException", "RESTORE_NO_BACKUP"],
    ["InvalidRestoreTimeException", "RESTORE_OUT_OF_RANGE"],
    ["PointInTimeRecoveryUnavailableException", "RESTORE_OUT_OF_RANGE"],
    ["ExpiredTokenException", "AWS_CREDENTIALS_EXPIRED"],
  ])("with %s is told as %s", async (name, code) => {
    const endpoint = await answering(400, {
      __type: `com.amazonaws.dynamodb.v20120810#${name}`,
      message: "words of AWS",
    });
    const credentials = { accessKeyId: "a", secretAccessKey: "b", sessionToken: "c" }; // not-a-secret: nobody looks
    const start = new TableRestores(region, { endpoint, credentials }).start("products-2", {
      table: "products",
      to: "2026-11-27T09:00:00Z",
    });
    await expect(start).rejects.toMatchObject({ code, message: expect.stringMatching(/\S/) });
  });
});
