import type { Manifest } from "../../manifest/index.ts";
import { tableMetrics, tableOperationsUsed } from "../metrics.ts";
import type { AlarmPlan, TablePlan } from "../types.ts";
import type { Named } from "./named.ts";
import { total, windows } from "./shapes.ts";

/** What these alarms say of a table, in the beginning of their descriptions. */
export const tableAlarmText = {
  "table-throttles": (name: string) => `DynamoDB throttles requests to ${name} or its indexes`,
  "table-system-errors": (name: string) => `Requests to ${name} fail within DynamoDB`,
} as const;

/**
 * What goes wrong within DynamoDB. By their number, and not their share: none is the rule, at any traffic, and
 * there is room in an alarm for one metric of each operation only. What callers see of it, the API's alarms see.
 */
export function tableAlarms(manifest: Manifest, table: TablePlan, named: Named): AlarmPlan[] {
  const { tableThrottles, tableSystemErrors } = manifest.alarms;
  const operations = tableOperationsUsed(manifest, table.key);
  if (operations.length === 0) return [];
  // The SDK tries again by itself: what is over after a window needs nobody.
  const common = { subject: table.name, severity: "ticket", ...windows(5, 2, 3) } as const;
  return [
    {
      name: named(table.key, "table-throttles"),
      kind: "table-throttles",
      runbook: "table-throttles",
      description: tableAlarmText["table-throttles"](table.name),
      ...total(tableMetrics("ThrottledRequests", table.name, operations), tableThrottles.count),
      ...common,
      from: "alarms.tableThrottles",
    },
    {
      name: named(table.key, "table-system-errors"),
      kind: "table-system-errors",
      runbook: "table-system-errors",
      description: tableAlarmText["table-system-errors"](table.name),
      ...total(tableMetrics("SystemErrors", table.name, operations), tableSystemErrors.count),
      ...common,
      from: "alarms.tableSystemErrors",
    },
  ];
}
