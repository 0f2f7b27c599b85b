/** The simulator in front of the emulator: what that does right is the same, and what it gets wrong is as AWS has it. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ListBackupsCommand,
  PutItemCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "../../src/drill/index.ts";
import { findMoto, type Moto, startMoto } from "../../src/emulator/start-moto.ts";
import { isLacking } from "../terraform.ts";

const run = promisify(execFile);
const isSkipped = isLacking(findMoto(), "The simulator has no emulator behind it");
const region = "eu-west-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" }; // not-a-secret: moto takes any
let tables = 0;

describe.skipIf(isSkipped)("tables behind the simulator", { timeout: 120_000 }, () => {
  let moto: Moto;
  let simulator: Simulator;
  let simulated: DynamoDBClient;
  let plain: DynamoDBClient;
  /** Each call takes a second of this clock, so that every change has a moment of its own. */
  let clock = Date.UTC(2026, 10, 27, 9);
  const tick = () => {
    clock += 1_000;
  };

  beforeAll(async () => {
    moto = await startMoto(region, "111122223333", false);
    simulator = await startSimulator({
      emulator: moto.url,
      now: () => clock,
      behindSeconds: 0,
    });
    const client = (endpoint: string) =>
      new DynamoDBClient({ region, endpoint, credentials, maxAttempts: 1 });
    simulated = client(simulator.url);
    plain = client(moto.url);
  }, 60_000);

  afterAll(async () => {
    simulated?.destroy();
    plain?.destroy();
    await simulator?.stop();
    await moto?.stop();
  });

  const keys = { AttributeName: "PK", KeyType: "HASH" } as const;
  async function makeTable(client = simulated): Promise<string> {
    const TableName = `shop-${++tables}`;
    await client.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [keys],
        AttributeDefinitions: [
          { AttributeName: "PK", AttributeType: "S" },
          { AttributeName: "kind", AttributeType: "S" },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: "by-kind",
            KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
            Projection: { ProjectionType: "ALL" },
          },
        ],
        BillingMode: "PAY_PER_REQUEST",
        Tags: [{ Key: "Owner", Value: "shop" }],
      }),
    );
    return TableName;
  }
  const turnOn = (TableName: string, PointInTimeRecoveryEnabled = true) =>
    simulated.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
      }),
    );
  const put = async (TableName: string, PK: string, n: number) => {
    tick();
    await simulated.send(
      new PutItemCommand({ TableName, Item: { PK: { S: PK }, n: { N: String(n) } } }),
    );
  };
  /** `a=1 b=2` */
  const held = async (TableName: string, client = simulated) => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    const text = ({ PK, n }: Record<string, AttributeValue>) => `${PK?.S}=${n?.N}`;
    return Items.map(text).sort().join(" ");
  };
  const restore = async (SourceTableName: string, at: number) => {
    const TargetTableName = `${SourceTableName}-${at}`;
    await simulated.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName,
        TargetTableName,
        RestoreDateTime: new Date(at),
      }),
    );
    await expect
      .poll(async () => (await describeTable(TargetTableName)).TableStatus)
      .toBe("ACTIVE");
    return TargetTableName;
  };
  const describeTable = async (TableName: string, client = simulated) => {
    const { Table = {} } = await client.send(new DescribeTableCommand({ TableName }));
    return Table;
  };

  it("are restored as they were at each moment, however they were written to", async () => {
    const table = await makeTable();
    await put(table, "a", 1);
    tick();
    await turnOn(table);
    const moments: [at: number, items: string][] = [[clock, "a=1"]];
    const write = async (command: object, items: string) => {
      tick();
      await simulated.send(command as PutItemCommand);
      moments.push([clock, items]);
    };
    const TableName = table;
    const item = (PK: string, n: number) => ({ PK: { S: PK }, n: { N: String(n) } });
    const Key = { PK: { S: "a" } };
    await write(new PutItemCommand({ TableName, Item: item("b", 2) }), "a=1 b=2");
    await write(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: "SET n = n + :one",
        ExpressionAttributeValues: { ":one": { N: "10" } },
      }),
      "a=11 b=2",
    );
    await write(
      new BatchWriteItemCommand({
        RequestItems: {
          [table]: [{ PutRequest: { Item: item("c", 3) } }, { DeleteRequest: { Key } }],
        },
      }),
      "b=2 c=3",
    );
    await write(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: item("d", 4) } },
          {
            Update: {
              TableName,
              Key: { PK: { S: "b" } },
              UpdateExpression: "SET n = :n",
              ExpressionAttributeValues: { ":n": { N: "20" } },
            },
          },
        ],
      }),
      "b=20 c=3 d=4",
    );
    await write(
      new ExecuteStatementCommand({
        Statement: `INSERT INTO "${table}" VALUE {'PK': 'e', 'n': 5}`,
      }),
      "b=20 c=3 d=4 e=5",
    );
    await write(new DeleteItemCommand({ TableName, Key: { PK: { S: "d" } } }), "b=20 c=3 e=5");
    tick();
    const refused = new PutItemCommand({
      TableName,
      Item: item("b", 99),
      ConditionExpression: "attribute_not_exists(PK)",
    });
    await expect(simulated.send(refused)).rejects.toThrow("conditional request failed");

    for (const [at, items] of moments) expect(await held(await restore(table, at))).toBe(items);
    expect(await held(table)).toBe("b=20 c=3 e=5");
    expect(simulator.inexact()).toEqual([]);
  });

  it("say which times they can be restored to, and refuse every other", async () => {
    const table = await makeTable();
    tick();
    await turnOn(table);
    const earliest = clock;
    await put(table, "a", 1);
    const { ContinuousBackupsDescription } = await simulated.send(
      new DescribeContinuousBackupsCommand({ TableName: table }),
    );
    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
      PointInTimeRecoveryStatus: "ENABLED",
      EarliestRestorableDateTime: new Date(earliest),
      LatestRestorableDateTime: new Date(clock),
    });
    await expect(restore(table, earliest - 1_000)).rejects.toMatchObject({
      name: "InvalidRestoreTimeException",
    });
    await expect(restore(table, clock + 1_000)).rejects.toMatchObject({
      name: "InvalidRestoreTimeException",
    });
    await expect(restore("nothing", clock)).rejects.toMatchObject({
      name: "TableNotFoundException",
    });
    const taken = new RestoreTableToPointInTimeCommand({
      SourceTableName: table,
      TargetTableName: table,
      UseLatestRestorableTime: true,
    });
    await expect(simulated.send(taken)).rejects.toMatchObject({
      name: "TableAlreadyExistsException",
    });
    const neither = new RestoreTableToPointInTimeCommand({
      SourceTableName: table,
      TargetTableName: "new",
    });
    await expect(simulated.send(neither)).rejects.toMatchObject({ name: "ValidationException" });
    await turnOn(table, false);
    await expect(restore(table, clock)).rejects.toMatchObject({
      name: "PointInTimeRecoveryUnavailableException",
    });
    // Turned on again, nothing from before is known any more.
    tick();
    await turnOn(table);
    await expect(restore(table, clock - 1_000)).rejects.toMatchObject({
      name: "InvalidRestoreTimeException",
    });
  });

  it("come back bare: with keys, indexes and billing, without what AWS leaves out", async () => {
    const table = await makeTable();
    await turnOn(table);
    await simulated.send(
      new UpdateTimeToLiveCommand({
        TableName: table,
        TimeToLiveSpecification: { Enabled: true, AttributeName: "expires" },
      }),
    );
    await simulated.send(
      new UpdateTableCommand({ TableName: table, DeletionProtectionEnabled: true }),
    );
    await put(table, "a", 1);
    const at = clock;
    const restored = await restore(table, at);
    const [before, after] = await Promise.all([describeTable(table), describeTable(restored)]);
    expect(after).toMatchObject({
      KeySchema: before.KeySchema,
      AttributeDefinitions: before.AttributeDefinitions,
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
      GlobalSecondaryIndexes: [{ IndexName: "by-kind" }],
      DeletionProtectionEnabled: false,
      RestoreSummary: {
        SourceTableArn: before.TableArn,
        RestoreDateTime: new Date(at),
        RestoreInProgress: false,
      },
    });
    const timeToLive = await simulated.send(new DescribeTimeToLiveCommand({ TableName: restored }));
    expect(timeToLive.TimeToLiveDescription?.TimeToLiveStatus).toBe("DISABLED");
    const recovery = await simulated.send(
      new DescribeContinuousBackupsCommand({ TableName: restored }),
    );
    expect(
      recovery.ContinuousBackupsDescription?.PointInTimeRecoveryDescription
        ?.PointInTimeRecoveryStatus,
    ).toBe("DISABLED");
  });

  it("leave a backup of their last moment when they are deleted, and nothing else", async () => {
    const table = await makeTable();
    await turnOn(table);
    await put(table, "a", 1);
    await put(table, "b", 2);
    await simulated.send(new DeleteTableCommand({ TableName: table }));
    await expect(restore(table, clock)).rejects.toMatchObject({ name: "TableNotFoundException" });
    const ofPeople = await simulated.send(new ListBackupsCommand({ TableName: table }));
    expect(ofPeople.BackupSummaries).toEqual([]);
    const { BackupSummaries = [] } = await simulated.send(
      new ListBackupsCommand({ TableName: table, BackupType: "SYSTEM" }),
    );
    expect(BackupSummaries).toMatchObject([
      { BackupName: `${table}$DeletedTableBackup`, BackupType: "SYSTEM" },
    ]);
    await simulated.send(
      new RestoreTableFromBackupCommand({
        TargetTableName: table,
        BackupArn: BackupSummaries[0]?.BackupArn,
      }),
    );
    expect(await held(table)).toBe("a=1 b=2");
  });

  it("are as the emulator has them in everything else", async () => {
    const table = await makeTable(plain);
    await plain.send(new PutItemCommand({ TableName: table, Item: { PK: { S: "a" } } }));
    for (const command of [
      () => new DescribeTableCommand({ TableName: table }),
      () => new ScanCommand({ TableName: table }),
      () => new DescribeContinuousBackupsCommand({ TableName: table }),
      () => new DescribeTableCommand({ TableName: "nothing" }),
    ]) {
      const [one, other] = await Promise.all(
        [simulated, plain].map((client) =>
          client.send(command() as DescribeTableCommand).then(
            ({ $metadata, ...output }) => ({ status: $metadata.httpStatusCode, output }),
            ({ name, message }) => ({ name, message }),
          ),
        ),
      );
      expect(one).toEqual(other);
    }
  });

  it("are out of reach while their region is lost, and there again afterwards", async () => {
    const table = await makeTable();
    simulator.lose([region]);
    await expect(held(table)).rejects.toMatchObject({ code: "ECONNRESET" });
    simulator.lose([]);
    expect(await held(table)).toBe("");
  });

  it("are the same to the AWS CLI", async (context) => {
    await run("aws", ["--version"]).catch(() => context.skip("aws --version does not work here"));
    const table = await makeTable();
    await turnOn(table);
    await put(table, "a", 1);
    const at = new Date(clock).toISOString();
    await put(table, "a", 2);
    const aws = (...args: string[]) =>
      run("aws", ["dynamodb", ...args, "--output", "json"], {
        env: {
          PATH: process.env.PATH,
          AWS_ENDPOINT_URL: simulator.url,
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test", // not-a-secret: moto takes any
          AWS_DEFAULT_REGION: region,
          AWS_PAGER: "",
        },
      }).then(({ stdout }) => JSON.parse(stdout));
    const begun = await aws(
      "restore-table-to-point-in-time",
      ...["--source-table-name", table],
      ...["--target-table-name", `${table}-by-cli`],
      ...["--restore-date-time", at],
    );
    expect(begun.TableDescription).toMatchObject({
      TableStatus: "CREATING",
      RestoreSummary: { RestoreInProgress: true },
    });
    await expect
      .poll(async () => (await describeTable(`${table}-by-cli`)).TableStatus)
      .toBe("ACTIVE");
    const { Items } = await aws("scan", "--table-name", `${table}-by-cli`);
    expect(Items).toEqual([{ PK: { S: "a" }, n: { N: "1" } }]);
  });
});
