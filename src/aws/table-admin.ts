import type { DynamoDBClient, TableDescription } from "@aws-sdk/client-dynamodb";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { type TableSettings, tableSettings } from "./table-settings.ts";
import { unlessMissing } from "./unless-missing.ts";

type Sdk = typeof import("@aws-sdk/client-dynamodb");

/** What of a table is no item, and no key: what a restore leaves out. Every call throws what `awsError` says. */
export class TableAdmin {
  readonly #call: Call<Sdk, DynamoDBClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-dynamodb"),
      (dynamo) => new dynamo.DynamoDBClient({ region, ...access }),
    );
  }

  /** Nothing where there is no such table. */
  async settings(name: string): Promise<TableSettings | undefined> {
    const table = await this.#table(name);
    const arn = table?.TableArn;
    if (table === undefined || arn === undefined) return undefined;
    return this.#call(`read the settings of ${name}`, async (client, dynamo) => {
      const ask = { TableName: name };
      const [life, continuous, tags, policy, insights, kinesis] = await Promise.all([
        client.send(new dynamo.DescribeTimeToLiveCommand(ask)),
        client.send(new dynamo.DescribeContinuousBackupsCommand(ask)),
        this.#tags(client, dynamo, arn),
        unlessMissing(() => client.send(new dynamo.GetResourcePolicyCommand({ ResourceArn: arn }))),
        unlessLacking(() => client.send(new dynamo.DescribeContributorInsightsCommand(ask))),
        unlessLacking(() =>
          client.send(new dynamo.DescribeKinesisStreamingDestinationCommand(ask)),
        ),
      ]);
      return tableSettings({ table, life, continuous, tags, policy, insights, kinesis });
    });
  }

  /**
   * Gives a table one setting. DynamoDB takes one change of a table at a time: it is `ACTIVE` again before the next.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html (2026-11-27)
   */
  async set<Name extends keyof TableSettings>(
    name: string,
    setting: Name,
    value: TableSettings[Name],
  ): Promise<void> {
    const arn = (await this.#table(name))?.TableArn ?? "";
    const there = await this.settings(name);
    const settings = { ...(there as TableSettings), [setting]: value };
    await this.#call(`give ${name} its setting ${setting}`, (client, dynamo) =>
      changes[setting]({ client, dynamo, name, arn, settings, there: there as TableSettings }),
    );
  }

  async tag(name: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const arn = (await this.#table(name))?.TableArn;
    await this.#call(`tag ${name}`, (client, dynamo) =>
      client.send(new dynamo.TagResourceCommand({ ResourceArn: arn, Tags: tagList(tags) })),
    );
  }

  async #table(name: string): Promise<TableDescription | undefined> {
    return this.#call(`look at the table ${name}`, (client, dynamo) =>
      unlessMissing(
        async () => (await client.send(new dynamo.DescribeTableCommand({ TableName: name }))).Table,
      ),
    );
  }

  async #tags(client: DynamoDBClient, dynamo: Sdk, arn: string): Promise<Record<string, string>> {
    const tags: Record<string, string> = {};
    let next: string | undefined;
    do {
      const page = await client.send(
        new dynamo.ListTagsOfResourceCommand({
          ResourceArn: arn,
          ...(next !== undefined && { NextToken: next }),
        }),
      );
      for (const { Key = "", Value = "" } of page.Tags ?? []) tags[Key] = Value;
      next = page.NextToken;
    } while (next !== undefined);
    return tags;
  }
}

interface Changing {
  readonly client: DynamoDBClient;
  readonly dynamo: Sdk;
  readonly name: string;
  readonly arn: string;
  /** As they are to be. */
  readonly settings: TableSettings;
  /** As they are. */
  readonly there: TableSettings;
}

/** DynamoDB's word for no limit. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_OnDemandThroughput.html (2026-11-27) */
const noLimit = -1;

const changes: Readonly<Record<keyof TableSettings, (change: Changing) => Promise<unknown>>> = {
  billing: ({ client, dynamo, name, settings: { billing } }) =>
    client.send(
      new dynamo.UpdateTableCommand({
        TableName: name,
        ...(billing.mode === "on-demand"
          ? {
              BillingMode: "PAY_PER_REQUEST",
              ...((billing.readUnits !== null || billing.writeUnits !== null) && {
                OnDemandThroughput: {
                  MaxReadRequestUnits: billing.readUnits ?? noLimit,
                  MaxWriteRequestUnits: billing.writeUnits ?? noLimit,
                },
              }),
            }
          : {
              BillingMode: "PROVISIONED",
              ProvisionedThroughput: {
                ReadCapacityUnits: billing.readUnits ?? 1,
                WriteCapacityUnits: billing.writeUnits ?? 1,
              },
            }),
      }),
    ),
  tableClass: ({ client, dynamo, name, settings }) =>
    client.send(
      new dynamo.UpdateTableCommand({ TableName: name, TableClass: settings.tableClass }),
    ),
  isProtected: ({ client, dynamo, name, settings }) =>
    client.send(
      new dynamo.UpdateTableCommand({
        TableName: name,
        DeletionProtectionEnabled: settings.isProtected,
      }),
    ),
  stream: ({ client, dynamo, name, settings: { stream } }) =>
    client.send(
      new dynamo.UpdateTableCommand({
        TableName: name,
        StreamSpecification:
          stream === null
            ? { StreamEnabled: false }
            : { StreamEnabled: true, StreamViewType: stream },
      }),
    ),
  key: ({ client, dynamo, name, settings: { key } }) =>
    client.send(
      new dynamo.UpdateTableCommand({
        TableName: name,
        SSESpecification:
          key === null
            ? { Enabled: false }
            : {
                Enabled: true,
                SSEType: "KMS",
                ...(key !== "aws/dynamodb" && { KMSMasterKeyId: key }),
              },
      }),
    ),
  timeToLiveAttribute: ({ client, dynamo, name, settings, there }) =>
    client.send(
      new dynamo.UpdateTimeToLiveCommand({
        TableName: name,
        TimeToLiveSpecification: {
          // What is turned off is named, too.
          AttributeName: settings.timeToLiveAttribute ?? there.timeToLiveAttribute ?? "",
          Enabled: settings.timeToLiveAttribute !== null,
        },
      }),
    ),
  recoveryDays: ({ client, dynamo, name, settings: { recoveryDays } }) =>
    client.send(
      new dynamo.UpdateContinuousBackupsCommand({
        TableName: name,
        PointInTimeRecoverySpecification:
          recoveryDays === null
            ? { PointInTimeRecoveryEnabled: false }
            : { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: recoveryDays },
      }),
    ),
  async tags({ client, dynamo, arn, settings, there }) {
    const surplus = Object.keys(there.tags).filter((name) => settings.tags[name] === undefined);
    if (surplus.length > 0) {
      await client.send(new dynamo.UntagResourceCommand({ ResourceArn: arn, TagKeys: surplus }));
    }
    const tags = tagList(settings.tags);
    if (tags.length === 0) return;
    await client.send(new dynamo.TagResourceCommand({ ResourceArn: arn, Tags: tags }));
  },
  policy: ({ client, dynamo, arn, settings: { policy } }) =>
    policy === null
      ? client.send(new dynamo.DeleteResourcePolicyCommand({ ResourceArn: arn }))
      : client.send(new dynamo.PutResourcePolicyCommand({ ResourceArn: arn, Policy: policy })),
  contributorInsights: ({ client, dynamo, name, settings: { contributorInsights: mode } }) =>
    client.send(
      new dynamo.UpdateContributorInsightsCommand({
        TableName: name,
        ContributorInsightsAction: mode === null ? "DISABLE" : "ENABLE",
        ...(mode !== null && { ContributorInsightsMode: mode }),
      }),
    ),
  async kinesisStreams({ client, dynamo, name, settings, there }) {
    const ask = (StreamArn: string) => ({ TableName: name, StreamArn });
    for (const arn of settings.kinesisStreams.filter(
      (one) => !there.kinesisStreams.includes(one),
    )) {
      await client.send(new dynamo.EnableKinesisStreamingDestinationCommand(ask(arn)));
    }
    for (const arn of there.kinesisStreams.filter(
      (one) => !settings.kinesisStreams.includes(one),
    )) {
      await client.send(new dynamo.DisableKinesisStreamingDestinationCommand(ask(arn)));
    }
  },
};

function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Nothing where an emulator does not know the question: it answers with a page of HTML. */
async function unlessLacking<Result>(ask: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await unlessMissing(ask);
  } catch (error) {
    const { name, $metadata, message } = Object(error);
    const isPage = name === "SyntaxError" && /<!doctype/i.test(message);
    if (isPage && Object($metadata).httpStatusCode === 500) return undefined;
    throw error;
  }
}
