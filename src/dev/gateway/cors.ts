import type { ApiPlan, CorsPlan } from "../../plan/index.ts";
import type { Answer, Headers } from "./answer.ts";

/** On the answers that the gateway makes itself; a function's own answers bring their own. */
export function gatewayCorsHeaders(cors: CorsPlan, origin: string | undefined): Headers {
  const allowed = cors.allowOrigins.find((one) => one === "*" || one === origin);
  return allowed === undefined ? [] : [["Access-Control-Allow-Origin", allowed]];
}

/** The answer to `OPTIONS`, from the plan alone: no function is asked. */
export function preflightAnswer(
  { cors, preflights }: ApiPlan,
  path: string,
  origin: string | undefined,
): Answer {
  const methods = preflights.find((preflight) => preflight.path === path)?.allowMethods ?? [];
  return {
    status: 200,
    headers: [
      ["Content-Type", "application/json"],
      ...gatewayCorsHeaders(cors, origin),
      ["Access-Control-Allow-Headers", cors.allowHeaders.join(",")],
      ["Access-Control-Allow-Methods", methods.join(",")],
      ["Access-Control-Max-Age", String(cors.maxAgeSeconds)],
    ],
    body: "",
  };
}
