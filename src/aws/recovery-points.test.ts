/** AWS Backup by answers of the shapes that its API reference has: the emulator lists neither backups nor restores. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { RecoveryPoints } from "./index.ts";

const region = "eu-west-1";
const table = `arn:aws:dynamodb:${region}:111122223333:table/products-prod`;
const point = `arn:aws:backup:${region}:111122223333:recovery-point:1eb3b5e7`;
const restore = { point, target: "products-prod", at: "2026-11-27T09:00:00.000Z" };

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: it is looked into field by field
  readonly body: any;
}

/** @param answer of each call: a status other than 200 has a type, which is an error's name */
async function backup(answer: (asked: Asked) => object) {
  const asked: Asked[] = [];
  const server = createServer(async (message, response) => {
    const { pathname: path, searchParams } = new URL(message.url ?? "", "http://aws");
    const text = (await buffer(message)).toString();
    const one = {
      method: message.method ?? "",
      path,
      query: Object.fromEntries(searchParams),
      body: text === "" ? null : JSON.parse(text),
    };
    asked.push(one);
    const { error, ...body } = { error: undefined, ...answer(one) };
    response
      .writeHead(error === undefined ? 200 : 400, {
        "content-type": "application/json",
        ...(error !== undefined && { "x-amzn-errortype": error }),
      })
      .end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "test", secretAccessKey: "test", sessionToken: "" }; // not-a-secret: nobody looks
  return { asked, points: new RecoveryPoints(region, { endpoint, credentials, maxAttempts: 1 }) };
}

describe("backups in a vault", () => {
  it("are those of one table, page by page, the newest first", async () => {
    const seconds = Date.parse("2026-11-27T03:00:00Z") / 1_000;
    const { asked, points } = await backup(({ query }) =>
      query.nextToken === undefined
        ? {
            NextToken: "more",
            RecoveryPoints: [
              {
                RecoveryPointArn: point,
                ResourceArn: table,
                Status: "COMPLETED",
                InitiationDate: seconds,
                CreationDate: seconds + 60,
                BackupSizeInBytes: 2_048,
                CalculatedLifecycle: { DeleteAt: seconds + 3 * 86_400 },
              },
            ],
          }
        : {
            RecoveryPoints: [
              { RecoveryPointArn: `${point}-2`, Status: "PARTIAL", CreationDate: seconds + 3_600 },
            ],
          },
    );
    expect(await points.list("bbws-product-prod", table)).toEqual([
      {
        arn: `${point}-2`,
        name: "1eb3b5e7-2",
        kind: "aws-backup",
        status: "PARTIAL",
        at: "2026-11-27T04:00:00.000Z",
        bytes: 0,
        expiresAt: null,
        vault: { name: "bbws-product-prod", region, table: "products-prod" },
      },
      {
        arn: point,
        name: "1eb3b5e7",
        kind: "aws-backup",
        status: "AVAILABLE",
        at: "2026-11-27T03:00:00.000Z",
        bytes: 2_048,
        expiresAt: "2026-11-30T03:00:00.000Z",
        vault: { name: "bbws-product-prod", region, table: "products-prod" },
      },
    ]);
    expect(asked[0]).toMatchObject({
      method: "GET",
      path: "/backup-vaults/bbws-product-prod/recovery-points",
      query: { resourceArn: table },
    });
  });

  it("are none where there is no such vault, and an error where they may not be listed", async () => {
    const { points } = await backup(() => ({ error: "ResourceNotFoundException", message: "no" }));
    expect(await points.list("none", table)).toEqual([]);
    const refusing = await backup(() => ({ error: "AccessDeniedException", message: "no" }));
    await expect(refusing.points.list("vault", table)).rejects.toMatchObject({
      code: "AWS_NOT_ALLOWED",
      message: expect.stringContaining("To list the backups in the vault vault: no"),
    });
  });
});

describe("a restore of AWS Backup", () => {
  it("is begun as a role, to a name, with a token that the same restore has again", async () => {
    const { asked, points } = await backup(() => ({ RestoreJobId: "job" }));
    expect(await points.start(restore, "arn:aws:iam::111122223333:role/backup")).toBe("job");
    expect(asked).toMatchObject([
      {
        method: "PUT",
        path: "/restore-jobs",
        body: {
          RecoveryPointArn: point,
          IamRoleArn: "arn:aws:iam::111122223333:role/backup",
          ResourceType: "DynamoDB",
          IdempotencyToken: "products-prod.2026-11-27T09:00:00.000Z", // not-a-secret: a name and a time
          Metadata: { targetTableName: "products-prod", encryptionType: "Default" },
        },
      },
    ]);
  });

  it("is found again by its backup and the name that it restores to, the newest of several", async () => {
    const jobs = [
      { RestoreJobId: "older", Status: "FAILED", CreationDate: 1, RecoveryPointArn: point },
      { RestoreJobId: "other", Status: "RUNNING", CreationDate: 3, RecoveryPointArn: `${point}0` },
      { RestoreJobId: "beside", Status: "RUNNING", CreationDate: 4, RecoveryPointArn: point },
      { RestoreJobId: "ours", Status: "PENDING", CreationDate: 2, RecoveryPointArn: point },
    ];
    const { asked, points } = await backup(({ path }) => {
      const id = /^\/restore-jobs\/(\w+)\/metadata$/.exec(path)?.[1];
      if (id === undefined) return { RestoreJobs: jobs };
      const name = id === "beside" ? "another" : restore.target;
      return { RestoreJobId: id, Metadata: { TargetTableName: name } };
    });
    expect(await points.find(restore)).toEqual({ id: "ours", state: "running", message: "" });
    expect(asked[0]).toMatchObject({
      path: "/restore-jobs",
      // A minute earlier: AWS's clock is another one.
      query: { resourceType: "DynamoDB", createdAfter: "2026-11-27T08:59:00Z" },
    });
    expect(await points.find({ ...restore, target: "nothing" })).toBeUndefined();
  });

  it.each([
    ["PENDING", "running"],
    ["RUNNING", "running"],
    ["COMPLETED", "done"],
    ["ABORTED", "failed"],
    ["FAILED", "failed"],
  ])("that is %s is %s", async (Status, state) => {
    const { points } = await backup(() => ({ RestoreJobId: "job", Status, StatusMessage: "why" }));
    expect(await points.job("job")).toEqual({ id: "job", state, message: "why" });
  });

  it.each([
    ["ResourceNotFoundException", "RESTORE_NO_BACKUP"],
    ["LimitExceededException", "RESTORE_LIMIT"],
    ["AccessDeniedException", "AWS_NOT_ALLOWED"],
    ["ExpiredTokenException", "AWS_CREDENTIALS_EXPIRED"],
  ])("that AWS refuses with %s is %s", async (error, code) => {
    const { points } = await backup(() => ({ error, message: "no" }));
    await expect(points.start(restore, "role")).rejects.toMatchObject({ code });
  });
});
