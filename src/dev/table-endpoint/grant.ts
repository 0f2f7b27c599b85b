import type { AccessRequest } from "../../evaluate/index.ts";
import type { FunctionPlan } from "../../plan/index.ts";
import { PlanTables } from "./calls/plan-tables.ts";
import type { ServedPlan } from "./served-plan.ts";

/**
 * The grant that would allow a refused request, as an edit of `service.ts`. Null where it is about a
 * table that the manifest does not have, or an action that it cannot grant.
 */
export function grantFor(
  plan: ServedPlan,
  lambda: FunctionPlan,
  { action, resource, context }: AccessRequest,
): string | null {
  const operation = action.replace("dynamodb:", "");
  const [arn = "", index] = resource.split("/index/");
  const table = new PlanTables(plan).find(arn);
  if (table === undefined || !grantable.has(operation)) return null;
  const keys = context["dynamodb:LeadingKeys"] ?? [];
  const patterns = [...new Set([keys].flat().map(pattern))];
  const parts = [
    `allow: ["${operation}"]`,
    ...(index === undefined ? [] : [`index: ${JSON.stringify(index)}`]),
    ...(patterns.length === 0 ? [] : [`partitionKeys: ${JSON.stringify(patterns)}`]),
  ];
  return `add { ${parts.join(", ")} } to ${lambda.from}.tables.${table.key} in service.ts`;
}

/** What a manifest can grant: the operations on items that have an action of their own. */
const grantable = new Set([
  "GetItem",
  "BatchGetItem",
  "Query",
  "Scan",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "ConditionCheckItem",
]);

/** `ORDER#1` stands for `ORDER#*`: keys of one kind share what is before the first `#`. */
function pattern(key: string): string {
  const end = key.indexOf("#");
  return end === -1 ? key : `${key.slice(0, end)}#*`;
}
