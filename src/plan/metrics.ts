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
