/**
 * All that a policy can allow at DynamoDB.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html (2026-11-26)
 */
export const tableActions: readonly string[] = `
  AssociateTableReplica BatchGetItem BatchWriteItem ConditionCheckItem CreateBackup CreateGlobalTable
  CreateTable CreateTableReplica DeleteBackup DeleteItem DeleteResourcePolicy DeleteTable
  DeleteTableReplica DescribeBackup DescribeContinuousBackups DescribeContributorInsights
  DescribeEndpoints DescribeExport DescribeGlobalTable DescribeGlobalTableSettings DescribeImport
  DescribeKinesisStreamingDestination DescribeLimits DescribeReservedCapacity
  DescribeReservedCapacityOfferings DescribeStream DescribeTable DescribeTableReplicaAutoScaling
  DescribeTimeToLive DisableKinesisStreamingDestination EnableKinesisStreamingDestination
  ExportTableToPointInTime GetAbacStatus GetItem GetRecords GetResourcePolicy GetShardIterator
  ImportTable InjectError ListBackups ListContributorInsights ListExports ListGlobalTables ListImports
  ListStreams ListTables ListTagsOfResource PartiQLDelete PartiQLInsert PartiQLSelect PartiQLUpdate
  PurchaseReservedCapacityOfferings PutItem PutResourcePolicy Query ReadDataForReplication
  ReplicateSettings RestoreTableFromAwsBackup RestoreTableFromBackup RestoreTableToPointInTime Scan
  StartAwsBackupJob TagResource UntagResource UpdateAbacStatus UpdateContinuousBackups
  UpdateContributorInsights UpdateGlobalTable UpdateGlobalTableSettings UpdateGlobalTableVersion
  UpdateItem UpdateKinesisStreamingDestination UpdateTable UpdateTableReplicaAutoScaling
  UpdateTimeToLive WriteDataForReplication
`
  .trim()
  .split(/\s+/);
