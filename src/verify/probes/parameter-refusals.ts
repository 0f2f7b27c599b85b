import { routeName } from "../../names.ts";
import type { ParameterPlan, RoutePlan } from "../../plan/index.ts";
import { exampleRequest } from "./example-request.ts";
import { isSafe, type Probe, refusalStatus } from "./probe.ts";
import { type Accepts, textViolations } from "./violations.ts";

/**
 * Requests whose parameters break their schemas. A wrong value in the path names nothing that there
 * is, so every method may be sent. One in the query or in a header may be overlooked by a service that
 * is not right, and the rest of the request would be carried out: only of methods that change nothing.
 */
export function parameterRefusals(route: RoutePlan, accepts: Accepts): Probe[] {
  const status = refusalStatus(route);
  if (status === undefined) return [];
  return route.parameters
    .filter((one) => one.in === "path" || isSafe(route))
    .flatMap((parameter) =>
      textViolations(parameter.schema, accepts)
        .map(({ keyword, value }) => ({ keyword, text: String(value) }))
        .filter(({ text }) => canBeSent(parameter, text))
        .map(
          ({ keyword, text }): Probe => ({
            id: `${routeName(route)} ${parameter.in}.${parameter.name}.${keyword}`,
            what: `refuses ${parameter.name} ${shortened(text)} (${keyword}), with ${status}`,
            route: routeName(route),
            operation: route,
            request: exampleRequest(route, { [places[parameter.in]]: { [parameter.name]: text } }),
            statuses: [status],
            names: [parameter.name],
            isForeign: false,
          }),
        ),
    );
}

const places = { path: "pathParameters", query: "query", header: "headers" } as const;

/** API Gateway takes a request line and headers of 10,240 bytes together. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const longestText = 5_000;

/** An empty segment or a dot would be another path; header values are trimmed. */
function canBeSent({ in: place }: ParameterPlan, text: string): boolean {
  if (text.length > longestText) return false;
  if (place === "path") return !/^\.{0,2}$|\//.test(text);
  return place === "query" || (text !== "" && text.trim() === text);
}

function shortened(text: string): string {
  return text.length <= 20 ? JSON.stringify(text) : `of ${text.length} characters`;
}
