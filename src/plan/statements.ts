import type { Manifest } from "../manifest/index.ts";
import { ownValue } from "./own-value.ts";
import type { Statement, TablePlan } from "./types.ts";

/** The grants that the manifest gives one function, each on exactly one table or index. */
export function grantStatements(
  key: string,
  definition: Manifest["functions"][string],
  tables: readonly TablePlan[],
): Statement[] {
  return tables.flatMap((table) =>
    tableStatements(key, ownValue(definition.tables, table.key) ?? [], table),
  );
}

export function logStatement(from: string, logGroupArn: string): Statement {
  return {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [`${logGroupArn}:*`],
    conditions: {},
    from,
  };
}

export function traceStatement(from: string): Statement {
  return {
    // X-Ray has no resources to name: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
    actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    resources: ["*"],
    conditions: {},
    from,
  };
}

type Grants = Manifest["functions"][string]["tables"][string];

function tableStatements(key: string, grants: Grants, table: TablePlan): Statement[] {
  return grants.map(({ allow, index, partitionKeys }, position) => ({
    actions: [...allow].sort().map((action) => `dynamodb:${action}`),
    resources: [index === undefined ? table.arn : `${table.arn}/index/${index}`],
    conditions:
      partitionKeys === undefined
        ? {}
        : { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": partitionKeys } },
    from: `functions.${key}.tables.${table.key}[${position}]`,
  }));
}
