import { type Manifest, tableOperations } from "../manifest/index.ts";
import type { ApiPlan, MetricPlan } from "./types.ts";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export function functionMetric(
  id: string,
  name: string,
  statistic: string,
  functionName: string,
): MetricPlan {
  return {
    id,
    namespace: "AWS/Lambda",
    name,
    statistic,
    dimensions: { FunctionName: functionName },
  };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export function apiMetric(
  id: string,
  name: string,
  statistic: string,
  { name: apiName, stage }: Pick<ApiPlan, "name" | "stage">,
): MetricPlan {
  return {
    id,
    namespace: "AWS/ApiGateway",
    name,
    statistic,
    dimensions: { ApiName: apiName, Stage: stage },
  };
}

/**
 * One for each operation: DynamoDB reports these for a table's operations, and not for the table.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function tableMetrics(
  name: string,
  tableName: string,
  operations: readonly string[],
): MetricPlan[] {
  return operations.map((operation) => ({
    id: operation.charAt(0).toLowerCase() + operation.slice(1),
    namespace: "AWS/DynamoDB",
    name,
    statistic: "Sum",
    dimensions: { TableName: tableName, Operation: operation },
  }));
}

/**
 * Of all tables whose backups are in a vault: AWS Backup reports none for a table.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html (2026-11-27)
 */
export function vaultMetric(id: string, name: string, vault: string): MetricPlan {
  return {
    id,
    namespace: "AWS/Backup",
    name,
    statistic: "Sum",
    dimensions: { BackupVaultName: vault },
  };
}

/**
 * The time between a write to a table and its appearance in the replica, in milliseconds.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_monitoring.html (2026-11-27)
 */
export function replicationMetric(id: string, tableName: string, region: string): MetricPlan {
  return {
    id,
    namespace: "AWS/DynamoDB",
    name: "ReplicationLatency",
    statistic: "Average",
    dimensions: { TableName: tableName, ReceivingRegion: region },
  };
}

/** The operations that any function may call on a table, in the order of their names. */
export function tableOperationsUsed({ functions }: Manifest, table: string): string[] {
  const granted = new Set<string>(
    Object.values(functions).flatMap(({ tables }) =>
      Object.hasOwn(tables, table) ? (tables[table] ?? []).flatMap(({ allow }) => allow) : [],
    ),
  );
  return Object.entries(tableOperations)
    .filter(([, grants]) => grants.some((grant) => granted.has(grant)))
    .map(([operation]) => operation);
}
