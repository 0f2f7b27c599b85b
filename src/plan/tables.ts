import type { Manifest } from "../manifest/index.ts";
import { tableName, tableVariable } from "../names.ts";
import type { EnvironmentName, TablePlan } from "./types.ts";

export function planTables(manifest: Manifest, environment: EnvironmentName): TablePlan[] {
  const { accountId, region } = manifest.environments[environment];
  return Object.entries(manifest.tables).map(([key, table]) => {
    const name = tableName(manifest.prefix, manifest.name, key, environment, table.name);
    const arn = `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
    return {
      key,
      name,
      arn,
      variable: table.variable ?? tableVariable(key),
      partitionKey: table.partitionKey,
      sortKey: table.sortKey ?? null,
      existing: table.existing,
      timeToLiveAttribute: table.timeToLiveAttribute ?? null,
      indexes: Object.entries(table.indexes).map(([index, { partitionKey, sortKey }]) => ({
        name: index,
        arn: `${arn}/index/${index}`,
        partitionKey,
        sortKey: sortKey ?? null,
        from: `tables.${key}.indexes.${index}`,
      })),
      from: `tables.${key}`,
    };
  });
}
