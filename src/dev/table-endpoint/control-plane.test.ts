import { describe, expect, it } from "vitest";
import { arn, ordersArn, shopPlan, useShop } from "../../../test/shop.ts";

const TableName = "shop-orders-dev";
const now = 1_767_225_600_000;
const error = (type: string, message: unknown = expect.any(String)) => ({
  status: 400,
  body: { __type: expect.stringMatching(new RegExp(`#${type}$`)), message },
});

describe("the time to live of a table", () => {
  const shop = useShop();
  const describeIt = async (table: string) =>
    (await shop.call("owner", "DescribeTimeToLive", { TableName: table })).body;
  const update = (table: string, AttributeName: unknown, Enabled: unknown) =>
    shop.call("owner", "UpdateTimeToLive", {
      TableName: table,
      TimeToLiveSpecification: { AttributeName, Enabled },
    });

  it("is at first as the plan says", async () => {
    expect(await describeIt(ordersArn)).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expiresAt" },
    });
    expect(await describeIt("shop-stock-dev")).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: "DISABLED" },
    });
  });

  it("is afterwards as it was set", async () => {
    expect((await update("shop-stock-dev", "gone", true)).body).toEqual({
      TimeToLiveSpecification: { AttributeName: "gone", Enabled: true },
    });
    expect(await describeIt("shop-stock-dev")).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "gone" },
    });
    expect(await update("shop-stock-dev", "gone", true)).toMatchObject(
      error("ValidationException", "TimeToLive is already enabled"),
    );
    expect(await update("shop-stock-dev", "other", false)).toMatchObject(
      error("ValidationException", expect.stringContaining("current AttributeName is gone")),
    );
    await update("shop-stock-dev", "gone", false);
    expect(await update("shop-stock-dev", "gone", false)).toMatchObject(
      error("ValidationException", "TimeToLive is already disabled"),
    );
  });

  it.each([
    ["a", undefined],
    [undefined, true],
    ["", true],
  ])("is refused with the attribute %o and enabled %o", async (attribute, enabled) => {
    expect(await update(TableName, attribute, enabled)).toMatchObject(error("ValidationException"));
  });

  it("is nothing that a missing table has", async () => {
    expect(await shop.call("owner", "DescribeTimeToLive", { TableName: "other" })).toMatchObject(
      error("ResourceNotFoundException", "Requested resource not found: Table: other not found"),
    );
    expect(await shop.call("owner", "DescribeTimeToLive", {})).toMatchObject(
      error("ValidationException"),
    );
  });
});

describe("point-in-time recovery", () => {
  let time = now;
  const shop = useShop({ now: () => time });
  const set = (PointInTimeRecoverySpecification: unknown) =>
    shop.call("owner", "UpdateContinuousBackups", { TableName, PointInTimeRecoverySpecification });
  const restore = (source: object) =>
    shop.call("owner", "RestoreTableToPointInTime", { ...source, TargetTableName: "new" });

  it("can be turned on and off, and says what could be restored", async () => {
    const status = async () =>
      (await shop.call("owner", "DescribeContinuousBackups", { TableName })).body
        .ContinuousBackupsDescription;
    expect(await status()).toEqual({
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "DISABLED" },
    });
    await set({ PointInTimeRecoveryEnabled: true });
    time += 1_000;
    expect(await status()).toEqual({
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: "ENABLED",
        RecoveryPeriodInDays: 35,
        EarliestRestorableDateTime: now / 1_000,
        LatestRestorableDateTime: now / 1_000 + 1,
      },
    });
    await set({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 1 });
    time += 48 * 60 * 60 * 1_000;
    expect((await status()).PointInTimeRecoveryDescription).toMatchObject({
      RecoveryPeriodInDays: 1,
      EarliestRestorableDateTime: time / 1_000 - 24 * 60 * 60,
    });
    expect(await restore({ SourceTableName: TableName })).toMatchObject(
      error("PointInTimeRecoveryUnavailableException", expect.stringContaining("not emulated")),
    );
    await set({ PointInTimeRecoveryEnabled: false });
    expect((await status()).PointInTimeRecoveryDescription).toEqual({
      PointInTimeRecoveryStatus: "DISABLED",
    });
  });

  it("restores nothing where it is off", async () => {
    expect(await restore({ SourceTableArn: ordersArn })).toMatchObject(
      error(
        "PointInTimeRecoveryUnavailableException",
        "Point in time recovery is not enabled for table 'shop-orders-dev'",
      ),
    );
  });

  it.each([
    {},
    { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 36 },
    { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 0 },
    { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: "a" },
  ])("is refused with %o", async (specification) => {
    expect(await set(specification)).toMatchObject(error("ValidationException"));
  });

  it("is nothing that a missing table has", async () => {
    expect(
      await shop.call("owner", "DescribeContinuousBackups", { TableName: "other" }),
    ).toMatchObject(error("TableNotFoundException", "Table not found: other"));
  });
});

describe("a backup", () => {
  const shop = useShop({ now: () => now });
  const ids = Array.from({ length: 60 }, (_, id) => String(id).padStart(2, "0"));
  const create = async (BackupName: string, table = TableName) =>
    (await shop.call("owner", "CreateBackup", { TableName: table, BackupName })).body.BackupDetails;

  it("is restored into a table that has its keys, its indexes and all of its items", async () => {
    for (const id of ids) {
      const Item = { PK: { S: "a" }, SK: { S: id }, customer: { S: "anna" } };
      await shop.call("owner", "PutItem", { TableName, Item });
    }
    const { BackupArn } = await create("before");
    const Key = { PK: { S: "a" }, SK: { S: "00" } };
    await shop.call("owner", "DeleteItem", { TableName, Key });
    const { body } = await shop.call("owner", "RestoreTableFromBackup", {
      BackupArn,
      TargetTableName: "restored",
    });
    expect(body.TableDescription).toMatchObject({
      TableName: "restored",
      TableArn: arn("table/restored"),
      TableStatus: "CREATING",
      RestoreSummary: {
        SourceBackupArn: BackupArn,
        SourceTableArn: ordersArn,
        RestoreDateTime: now / 1_000,
        RestoreInProgress: true,
      },
    });
    const query = await shop.call("owner", "Query", {
      TableName: "restored",
      IndexName: "ByCustomer",
      KeyConditionExpression: "customer = :anna",
      ExpressionAttributeValues: { ":anna": { S: "anna" } },
    });
    expect(query.body.Items.map((item: { SK: { S: string } }) => item.SK.S)).toEqual(ids);
    expect(
      await shop.call("owner", "RestoreTableFromBackup", {
        BackupArn,
        TargetTableName: "restored",
      }),
    ).toMatchObject(error("TableAlreadyExistsException", "Table already exists: restored"));
    await shop.call("owner", "DeleteTable", { TableName: "restored" });
  });

  it("is described, listed and deleted", async () => {
    const first = await create("first", "shop-stock-dev");
    expect(first).toEqual({
      BackupArn: expect.stringMatching(
        new RegExp(`^${arn("table/shop-stock-dev/backup/")}0${now}-[0-9a-f]{8}$`),
      ),
      BackupName: "first",
      BackupStatus: "AVAILABLE",
      BackupType: "USER",
      BackupSizeBytes: 2,
      BackupCreationDateTime: now / 1_000,
    });
    const { BackupArn } = first;
    const { body } = await shop.call("owner", "DescribeBackup", { BackupArn });
    expect(body.BackupDescription).toMatchObject({
      BackupDetails: first,
      SourceTableDetails: {
        TableName: "shop-stock-dev",
        TableArn: arn("table/shop-stock-dev"),
        KeySchema: [{ AttributeName: "number", KeyType: "HASH" }],
        ItemCount: 0,
      },
      SourceTableFeatureDetails: {},
    });

    const second = await create("second", "shop-stock-dev");
    const list = async (input: object) =>
      (await shop.call("owner", "ListBackups", { TableName: "shop-stock-dev", ...input })).body;
    expect(await list({ Limit: 1 })).toMatchObject({
      BackupSummaries: [{ BackupName: "first", TableName: "shop-stock-dev" }],
      LastEvaluatedBackupArn: BackupArn,
    });
    expect(await list({ ExclusiveStartBackupArn: BackupArn })).toEqual({
      BackupSummaries: [expect.objectContaining({ BackupArn: second.BackupArn })],
    });
    expect(
      (await shop.call("owner", "ListBackups", {})).body.BackupSummaries.length,
    ).toBeGreaterThan(2);

    const deleted = await shop.call("owner", "DeleteBackup", { BackupArn });
    expect(deleted.body.BackupDescription.BackupDetails.BackupStatus).toBe("DELETED");
    expect(await shop.call("owner", "DescribeBackup", { BackupArn })).toMatchObject(
      error("BackupNotFoundException", `Backup not found: ${BackupArn}`),
    );
  });

  it("needs a name that DynamoDB takes, and a table", async () => {
    for (const BackupName of ["ab", "no spaces", undefined]) {
      expect(await shop.call("owner", "CreateBackup", { TableName, BackupName })).toMatchObject(
        error("ValidationException"),
      );
    }
    expect(
      await shop.call("owner", "CreateBackup", { TableName: "other", BackupName: "backup" }),
    ).toMatchObject(error("TableNotFoundException"));
  });

  it("is restored under no name that DynamoDB refuses", async () => {
    const { BackupArn } = await create("names");
    expect(
      await shop.call("owner", "RestoreTableFromBackup", { BackupArn, TargetTableName: "!" }),
    ).toMatchObject(error("ValidationException"));
  });

  it("is refused to a function", async () => {
    const { body } = await shop.call("everything", "CreateBackup", {
      TableName,
      BackupName: "backup",
    });
    expect(body.__type).toMatch(/#AccessDeniedException$/);
    expect(shop.events.find(({ type }) => type === "access-denied")).toMatchObject({
      action: "dynamodb:CreateBackup",
      fix: null,
    });
  });
});

describe("an account", () => {
  const shop = useShop();

  it("has the quotas that every account starts with", async () => {
    expect((await shop.call("owner", "DescribeLimits", {})).body).toEqual({
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 40_000,
    });
  });

  it("is sent to the endpoint that it uses already", async () => {
    expect((await shop.call("owner", "DescribeEndpoints", {})).body).toEqual({
      Endpoints: [{ Address: shop.url.replace("http://", ""), CachePeriodInMinutes: 1_440 }],
    });
  });

  it("has the plan's ARNs when tables are made, changed and deleted", async () => {
    const TableArn = arn("table/made");
    const made = await shop.call("owner", "CreateTable", {
      TableName: "made",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    });
    expect(made.body.TableDescription.TableArn).toBe(TableArn);
    const deleted = await shop.call("owner", "DeleteTable", { TableName: TableArn });
    expect(deleted.body.TableDescription.TableArn).toBe(TableArn);
  });

  it("gets the engine's answer to what nobody here knows", async () => {
    expect(
      await shop.call("owner", "DescribeImport", { ImportArn: arn("import/a") }),
    ).toMatchObject({
      status: 400,
      body: { __type: "com.amazon.coral.service#UnknownOperationException" },
    });
  });
});

describe("an endpoint before an empty engine", () => {
  const plan = { ...shopPlan(), tables: [] };
  const shop = useShop({ plan: () => plan });

  it("leaves it to the engine to refuse what is about no table", async () => {
    const answered = await shop.call("owner", "ListTagsOfResource", { ResourceArn: ordersArn });
    expect(answered.status).toBe(400);
    expect(await shop.endpoint.sweep()).toBe(0);
  });
});
