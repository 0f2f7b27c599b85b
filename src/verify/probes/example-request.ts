import { type RoutePlan, routePath } from "../../plan/index.ts";
import type { ProbeRequest } from "./probe.ts";

/** What differs from a route's example. */
export interface Difference {
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Becomes JSON, but for a text, which is sent as it is; null for no body. */
  readonly body?: unknown;
}

/** The route's example as a request, or one that differs from it. */
export function exampleRequest(
  { method, path, example, auth }: RoutePlan,
  { pathParameters, query, headers, body = example.body }: Difference = {},
): ProbeRequest {
  const filled = routePath(path, { ...example.pathParameters, ...pathParameters });
  const search = new URLSearchParams({ ...example.query, ...query }).toString();
  return {
    method,
    path: search === "" ? filled : `${filled}?${search}`,
    headers: { ...(body === null ? {} : { "Content-Type": "application/json" }), ...headers },
    body: body === null ? null : typeof body === "string" ? body : JSON.stringify(body),
    wantsToken: auth.type === "jwt",
  };
}
