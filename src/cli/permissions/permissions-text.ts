import type { Permission, ServicePlan } from "../../plan/index.ts";
import { fold } from "../layout/fold.ts";
import type { Screen } from "../layout/screen.ts";
import { tableLines } from "../layout/table.ts";
import { createStyle } from "../style.ts";
import { permissionColumns } from "./permission-words.ts";

/** All that functions may do, a line for each permission. */
export function permissionsText(
  { service }: ServicePlan,
  permissions: readonly Permission[],
  { columns, color }: Screen,
): string {
  const style = createStyle(color);
  const functions = new Set(permissions.map((one) => one.function)).size;
  return [
    ...fold(`${service}: ${functions} functions have ${permissions.length} permissions`, columns),
    "",
    ...tableLines(permissions, permissionColumns, columns, style),
    "",
    ...fold("Next: lambdakit audit iam --minimal, to see which of them no test needs", columns),
  ].join("\n");
}
