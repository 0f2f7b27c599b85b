import type { ApiPlan } from "../../plan/index.ts";
import type { Probe } from "./probe.ts";

/** `.invalid` is nobody's, for ever. @see https://www.rfc-editor.org/rfc/rfc2606 */
export const foreignOrigin = "https://verify.invalid";

/** The origin that requests come from: one that is allowed. */
export function allowedOrigin({ cors }: ApiPlan): string {
  const [first = "*"] = cors.allowOrigins;
  return cors.allowOrigins.includes("*") ? foreignOrigin : first;
}

/**
 * The same requests from an origin that is not allowed, where there is one: a service that repeats whatever
 * origin has asked lets everybody in, and looks right to all who are allowed.
 */
export function foreignProbes({ cors }: ApiPlan, probes: readonly Probe[]): Probe[] {
  if (cors.allowOrigins.includes("*")) return [];
  return probes.map(
    (probe): Probe => ({
      ...probe,
      id: `${probe.id}.foreign`,
      what: "lets no script of another origin read its answer",
      request: { ...probe.request, headers: { ...probe.request.headers, Origin: foreignOrigin } },
      isForeign: true,
    }),
  );
}
