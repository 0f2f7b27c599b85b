import type {
  ContributorInsightsMode,
  DescribeContinuousBackupsCommandOutput,
  DescribeContributorInsightsCommandOutput,
  DescribeKinesisStreamingDestinationCommandOutput,
  DescribeTimeToLiveCommandOutput,
  GetResourcePolicyCommandOutput,
  StreamViewType,
  TableDescription,
} from "@aws-sdk/client-dynamodb";

/**
 * What of a table is no item, and no key: what a restore leaves out, or may.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html (2026-11-27)
 */
export interface TableSettings {
  readonly billing: {
    readonly mode: "on-demand" | "provisioned";
    /** Of `on-demand`, the most that it may use; null for as much as it wants. */
    readonly readUnits: number | null;
    readonly writeUnits: number | null;
  };
  readonly tableClass: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
  /** Whether DynamoDB refuses to delete it. */
  readonly isProtected: boolean;
  /** What its stream tells; null for no stream. */
  readonly stream: StreamViewType | null;
  /** The key of KMS, by its ARN, or `aws/dynamodb`; null for one that is DynamoDB's own. */
  readonly key: string | null;
  readonly timeToLiveAttribute: string | null;
  /** How far point-in-time recovery reaches; null where it is off. */
  readonly recoveryDays: number | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Who else may do what with it, as JSON. */
  readonly policy: string | null;
  readonly contributorInsights: ContributorInsightsMode | null;
  /** ARNs. */
  readonly kinesisStreams: readonly string[];
}

/** As long as it reaches at most, and where nobody says less. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html (2026-11-27) */
export const longestRecoveryDays = 35;

/** What DynamoDB has said of a table; undefined where it has no such thing. */
export interface DescribedTable {
  readonly table: TableDescription;
  readonly life: DescribeTimeToLiveCommandOutput;
  readonly continuous: DescribeContinuousBackupsCommandOutput;
  readonly tags: Readonly<Record<string, string>>;
  readonly policy: GetResourcePolicyCommandOutput | undefined;
  readonly insights: DescribeContributorInsightsCommandOutput | undefined;
  readonly kinesis: DescribeKinesisStreamingDestinationCommandOutput | undefined;
}

export function tableSettings(described: DescribedTable): TableSettings {
  const { table, life, continuous, tags, policy, insights, kinesis } = described;
  const isOnDemand = table.BillingModeSummary?.BillingMode === "PAY_PER_REQUEST";
  const { TimeToLiveStatus = "", AttributeName = null } = life.TimeToLiveDescription ?? {};
  const { PointInTimeRecoveryStatus, RecoveryPeriodInDays = longestRecoveryDays } =
    continuous.ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  const { ContributorInsightsStatus = "", ContributorInsightsMode: mode } = insights ?? {};
  return {
    billing: isOnDemand
      ? {
          mode: "on-demand",
          readUnits: limit(table.OnDemandThroughput?.MaxReadRequestUnits),
          writeUnits: limit(table.OnDemandThroughput?.MaxWriteRequestUnits),
        }
      : {
          mode: "provisioned",
          readUnits: table.ProvisionedThroughput?.ReadCapacityUnits ?? null,
          writeUnits: table.ProvisionedThroughput?.WriteCapacityUnits ?? null,
        },
    tableClass: table.TableClassSummary?.TableClass ?? "STANDARD",
    isProtected: table.DeletionProtectionEnabled ?? false,
    stream: table.StreamSpecification?.StreamEnabled
      ? (table.StreamSpecification.StreamViewType ?? null)
      : null,
    key:
      table.SSEDescription?.SSEType === "KMS"
        ? (table.SSEDescription.KMSMasterKeyArn ?? "aws/dynamodb")
        : null,
    timeToLiveAttribute: isOn(TimeToLiveStatus) ? AttributeName : null,
    recoveryDays: PointInTimeRecoveryStatus === "ENABLED" ? RecoveryPeriodInDays : null,
    tags,
    policy: policy?.Policy ?? null,
    contributorInsights: isOn(ContributorInsightsStatus)
      ? (mode ?? "ACCESSED_AND_THROTTLED_KEYS")
      : null,
    kinesisStreams: (kinesis?.KinesisDataStreamDestinations ?? [])
      .flatMap(({ StreamArn = "", DestinationStatus }) =>
        DestinationStatus === "ACTIVE" || DestinationStatus === "ENABLING" ? [StreamArn] : [],
      )
      .sort(),
  };
}

/** What is being turned on counts. */
function isOn(status: string): boolean {
  return status === "ENABLED" || status === "ENABLING";
}

function limit(units: number | undefined): number | null {
  return units === undefined || units < 0 ? null : units;
}
