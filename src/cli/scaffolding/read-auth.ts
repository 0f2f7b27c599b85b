import type { RouteAuth } from "../../manifest/index.ts";

/** Who may call a route, as `service.ts` says it: `none`, `iam`, or scopes between commas. */
export function readAuth(text: string | undefined): RouteAuth | undefined {
  if (text === undefined || text === "none" || text === "iam") return text;
  return { scopes: text.split(",").map((scope) => scope.trim()) };
}
