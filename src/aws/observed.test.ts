/** The calls of those who look at what is deployed, made to an emulator, and to answers in AWS's form where that has none. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { plantRelease } from "../../test/deployed/planted/plant-release.ts";
import { type PlantedService, plantService } from "../../test/deployed/planted/plant-service.ts";
import { tinyFunctions, tinyZip } from "../../test/deployed/planted/tiny-zip.ts";
import { productPlan } from "../../test/product-plan.ts";
import { isLacking } from "../../test/terraform.ts";
import { findMoto, type Moto, startMoto } from "../emulator/start-moto.ts";
import { digest } from "../system/index.ts";
import { type Access, Alarms, Functions, Tables, whoCalls } from "./index.ts";

const plan = productPlan("sit");
const { region } = plan;
const keys = { accessKeyId: "test", secretAccessKey: "test", sessionToken: "test" };

/** A server that stands for AWS, and hears what it is asked. */
async function answering(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<Access> {
  const server = createServer(async (request, response) =>
    answer(request, await text(request), response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, credentials: keys };
}

const json = (response: ServerResponse, value: unknown, status = 200) =>
  response
    .writeHead(status, { "Content-Type": "application/x-amz-json-1.0" })
    .end(JSON.stringify(value));

describe.skipIf(isLacking(findMoto(), "Nothing that is deployed is read"))(
  "what is deployed",
  () => {
    let moto: Moto;
    let planted: PlantedService;
    let access: Access;

    beforeAll(async () => {
      moto = await startMoto(region, undefined, false);
      const functions = tinyFunctions(plan);
      planted = await plantService(moto, plan, functions);
      await plantRelease(planted, functions);
      access = { endpoint: moto.url, credentials: planted.account.credentials };
    }, 60_000);
    afterAll(() => moto?.stop());

    it("is read by whoever is named, whatever the environment says", async () => {
      expect((await whoCalls(region, access)).accountId).toBe(plan.accountId);
    });

    it("has functions, of which is known what an alias leads to, and of variables the names", async () => {
      const functions = new Functions(region, access);
      const [list] = plan.functions;
      expect(await functions.read(list?.name ?? "", "live")).toEqual({
        version: "1",
        sha256: digest(tinyZip()),
        runtime: "nodejs22.x",
        memoryMb: 256,
        timeoutSeconds: 30,
        variables: Object.keys(list?.environmentVariables ?? {}).sort(),
      });
      expect(await functions.read("nobodys", "live")).toBeUndefined();
      expect(await functions.read(list?.name ?? "", "other")).toBeUndefined();
    });

    it("has alarms, as the plan made them", async () => {
      const names = plan.alarms.map(({ name }) => name);
      const states = await new Alarms(region, access).read([...names, "nobodys"]);
      expect(states.map(({ name }) => name).sort()).toEqual([...names].sort());
      const [errors] = plan.alarms;
      expect(states.find(({ name }) => name === errors?.name)).toMatchObject({
        state: "OK",
        threshold: 1,
        comparison: "GreaterThanThreshold",
        periods: 1,
        datapointsToAlarm: 1,
        missingData: "notBreaching",
        expression: errors?.expression,
        periodSeconds: errors?.periodSeconds,
        actionsEnabled: true,
        actions: [expect.stringContaining(plan.deployment.alarmTopic)],
      });
      expect(await new Alarms(region, access).read([])).toEqual([]);
    });

    it("has tables, and moments to which they can be restored", async () => {
      const tables = new Tables(region, access);
      const [table] = plan.tables;
      const name = table?.name ?? "";
      expect(await tables.read(name)).toEqual({
        status: "ACTIVE",
        isProtected: true,
        hasKey: false,
        keys: ["PK", "SK"],
        indexes: [{ name: "ActiveProductsIndex", status: "ACTIVE", keys: ["active", "createdAt"] }],
        timeToLiveAttribute: "expiresAt",
      });
      expect(await tables.backups(name)).toEqual([
        { kind: "continuous", at: expect.stringMatching(/^\d{4}-.*Z$/) },
      ]);
      await planted.account.table("CreateBackup", { TableName: name, BackupName: "before" });
      const kinds = (await tables.backups(name))?.map(({ kind }) => kind);
      expect(kinds?.sort()).toEqual(["continuous", "on-demand"]);
      expect([await tables.read("nobodys"), await tables.backups("nobodys")]).toEqual([
        undefined,
        undefined,
      ]);
    });
  },
);

describe("backups", () => {
  it("are those that are whole, of all pages, the newest of each kind, AWS Backup's too", async () => {
    const asked: string[] = [];
    const backup = (day: number, BackupType: string, BackupStatus = "AVAILABLE") => ({
      TableName: "orders",
      BackupType,
      BackupStatus,
      BackupCreationDateTime: Date.UTC(2026, 10, day) / 1000,
    });
    const access = await answering(({ headers }, body, response) => {
      const operation = String(headers["x-amz-target"]).split(".")[1];
      asked.push(`${operation} ${body}`);
      if (operation === "DescribeContinuousBackups") {
        return json(response, {
          ContinuousBackupsDescription: {
            ContinuousBackupsStatus: "ENABLED",
            PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "DISABLED" },
          },
        });
      }
      return json(
        response,
        body.includes("ExclusiveStartBackupArn")
          ? { BackupSummaries: [backup(9, "USER"), backup(20, "USER", "CREATING")] }
          : {
              BackupSummaries: [backup(3, "USER"), backup(7, "AWS_BACKUP")],
              LastEvaluatedBackupArn:
                "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/01",
            },
      );
    });
    expect(await new Tables(region, access).backups("orders")).toEqual([
      { kind: "on-demand", at: "2026-11-09T00:00:00.000Z" },
      { kind: "aws-backup", at: "2026-11-07T00:00:00.000Z" },
    ]);
    expect(asked.filter((one) => one.startsWith("ListBackups"))).toHaveLength(2);
  });
});

// The emulator has none.
describe("an alarm over others", () => {
  const asked: unknown[] = [];
  const access = (CompositeAlarms: readonly object[]) =>
    answering((_, body, response) => {
      asked.push(JSON.parse(body));
      json(response, { CompositeAlarms, MetricAlarms: [] });
    });

  it("is read as CloudWatch has it", async () => {
    const rule = 'ALARM("list-errors") OR ALARM("api-5xx")';
    const alarms = new Alarms(
      region,
      await access([
        {
          ActionsEnabled: true,
          AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:pages"],
          AlarmArn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:service",
          AlarmConfigurationUpdatedTimestamp: Date.UTC(2026, 10, 26) / 1000,
          AlarmDescription: "Callers do not get their answers",
          AlarmName: "service",
          AlarmRule: rule,
          InsufficientDataActions: [],
          OKActions: [],
          StateReason: "list-errors transitioned to ALARM",
          StateReasonData: '{"triggeringAlarms":[]}',
          StateTransitionedTimestamp: Date.UTC(2026, 10, 27, 11) / 1000,
          StateUpdatedTimestamp: Date.UTC(2026, 10, 27, 12) / 1000,
          StateValue: "ALARM",
        },
      ]),
    );
    expect(await alarms.readComposite("service")).toEqual({
      name: "service",
      state: "ALARM",
      since: "2026-11-27T11:00:00.000Z",
      reason: "list-errors transitioned to ALARM",
      reasonData: '{"triggeringAlarms":[]}',
      actionsEnabled: true,
      actions: ["arn:aws:sns:eu-west-1:111122223333:pages"],
      rule,
    });
    // Without its type CloudWatch speaks of alarms over figures only.
    expect(asked.pop()).toEqual({ AlarmNames: ["service"], AlarmTypes: ["CompositeAlarm"] });
  });

  it("is nothing where there is none", async () => {
    const alarms = new Alarms(region, await access([]));
    expect(await alarms.readComposite("service")).toBeUndefined();
  });

  it("has a history of its own", async () => {
    const alarms = new Alarms(region, await access([]));
    expect(await alarms.history("service", "composite", 10)).toEqual([]);
    expect(asked.pop()).toMatchObject({ AlarmName: "service", AlarmTypes: ["CompositeAlarm"] });
  });
});

describe("an alarm's history", () => {
  it("is its changes of state, with their reasons, whether CloudWatch has them as text or not", async () => {
    let asked: unknown;
    const data = { version: "1.0", recentDatapoints: [12.5], threshold: 1 };
    const change = (from: string, to: string, stateReasonData?: unknown) => ({
      AlarmName: "errors",
      HistoryItemType: "StateUpdate",
      Timestamp: Date.UTC(2026, 10, 27, 11) / 1000,
      HistoryData: JSON.stringify({
        version: "1.0",
        oldState: { stateValue: from },
        newState: { stateValue: to, stateReason: "Threshold Crossed", stateReasonData },
      }),
    });
    const access = await answering((_, body, response) => {
      asked = JSON.parse(body);
      json(response, {
        AlarmHistoryItems: [
          change("OK", "ALARM", data),
          change("ALARM", "OK", JSON.stringify(data)),
          change("INSUFFICIENT_DATA", "OK"),
          { AlarmName: "errors", Timestamp: 0, HistoryData: "{broken" },
        ],
      });
    });
    const history = await new Alarms(region, access).history("errors", "metric", 10);
    expect(asked).toMatchObject({
      AlarmName: "errors",
      AlarmTypes: ["MetricAlarm"],
      HistoryItemType: "StateUpdate",
      MaxRecords: 10,
      ScanBy: "TimestampDescending",
    });
    const at = "2026-11-27T11:00:00.000Z";
    const reasonData = JSON.stringify(data);
    expect(history.slice(0, 3)).toEqual([
      { name: "errors", at, from: "OK", to: "ALARM", reason: "Threshold Crossed", reasonData },
      { name: "errors", at, from: "ALARM", to: "OK", reason: "Threshold Crossed", reasonData },
      {
        name: "errors",
        at,
        from: "INSUFFICIENT_DATA",
        to: "OK",
        reason: "Threshold Crossed",
        reasonData: null,
      },
    ]);
    expect(history[3]).toMatchObject({ from: "", to: "", reason: "" });
  });
});

describe("a function that is invoked", () => {
  it("answers with its payload, its version and the end of its log", async () => {
    const seen: unknown[] = [];
    const access = await answering(({ url, headers }, body, response) => {
      seen.push([url, headers["x-amz-invocation-type"], headers["x-amz-log-type"], body]);
      seen.push(Buffer.from(String(headers["x-amz-client-context"]), "base64").toString());
      response
        .writeHead(200, {
          "X-Amz-Executed-Version": "3",
          "X-Amz-Log-Result": Buffer.from("hello\n").toString("base64"),
          "X-Amz-Function-Error": "Unhandled",
          "x-amzn-RequestId": "8f5d",
        })
        .end('{"errorMessage":"no"}');
    });
    const answer = await new Functions(region, access).invoke({
      functionName: "list",
      qualifier: "live",
      type: "RequestResponse",
      payload: '{"a":1}',
      clientContext: { custom: { reason: "INC-7" } },
    });
    expect(seen).toEqual([
      [
        "/2015-03-31/functions/list/invocations?Qualifier=live",
        "RequestResponse",
        "Tail",
        '{"a":1}',
      ],
      '{"custom":{"reason":"INC-7"}}',
    ]);
    expect(answer).toEqual({
      status: 200,
      payload: '{"errorMessage":"no"}',
      functionError: "Unhandled",
      log: "hello\n",
      version: "3",
      requestId: "8f5d",
    });
  });

  it("is asked once, whatever comes of it: it may have done something", async () => {
    let calls = 0;
    const access = await answering((_, __, response) => {
      calls += 1;
      response.writeHead(500, { "x-amzn-errortype": "ServiceException" }).end("{}");
    });
    const invoked = new Functions(region, access).invoke({
      functionName: "list",
      type: "Event",
      payload: "{}",
    });
    await expect(invoked).rejects.toMatchObject({ code: "AWS_UNAVAILABLE" });
    expect(calls).toBe(1);
  });

  it("is nothing where there is none of that name", async () => {
    const access = await answering((_, __, response) =>
      response
        .writeHead(404, { "x-amzn-errortype": "ResourceNotFoundException" })
        .end('{"Message":"Function not found"}'),
    );
    const answer = new Functions(region, access).invoke({
      functionName: "list",
      type: "DryRun",
      payload: "{}",
    });
    expect(await answer).toBeUndefined();
  });
});
