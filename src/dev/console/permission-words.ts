import type { ServicePlan, Statement } from "../../plan/index.ts";

/** What a role allows, in words: one text for each statement, `GetItem, PutItem on products-dev`. */
export function permissionWords(statement: Statement, tables: ServicePlan["tables"]): string {
  const { actions, resources } = statement;
  const services = new Set(actions.map((action) => action.split(":")[0]));
  if (services.size === 1 && services.has("logs")) return "write its own log";
  if (services.size === 1 && services.has("xray")) return "send traces to X-Ray";
  const allowed = actions.map((action) => action.replace(/^dynamodb:/, "")).join(", ");
  const on = resources.map((resource) => resourceWords(resource, tables)).join(", ");
  return `${allowed} on ${on}${conditionWords(statement)}`;
}

function resourceWords(resource: string, tables: ServicePlan["tables"]): string {
  for (const { name, arn, indexes } of tables) {
    if (resource === arn) return `table ${name}`;
    const index = indexes.find((one) => one.arn === resource);
    if (index !== undefined) return `index ${index.name} of table ${name}`;
  }
  return resource === "*" ? "everything" : resource;
}

function conditionWords({ conditions }: Statement): string {
  const words = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      key === "dynamodb:LeadingKeys"
        ? `the partition key is ${values.join(" or ")}`
        : `${key} ${operator} ${values.join(" or ")}`,
    ),
  );
  return words.length === 0 ? "" : `, where ${words.join(" and ")}`;
}
