import { securityHeaders } from "../names.ts";
import type { ApiPlan } from "../plan/index.ts";
import { staticOrigin } from "./gateway-cors.ts";

export interface GatewayResponse {
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

/**
 * What API Gateway answers by itself: the same message as ever, with the headers that a script in a browser
 * needs to read it, and those that the functions' own answers have. A refusal says nothing of why: what
 * was wrong with a token is in the authorizer's log.
 *
 * Whoever has no token, or one that counts for nothing, is told what to come with; a type that is stated
 * takes nothing from `DEFAULT_4XX`, so that it has everything once more.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html (2026-11-27)
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html
 */
export function gatewayResponses(api: ApiPlan): Readonly<Record<string, GatewayResponse>> {
  return {
    DEFAULT_4XX: response(api),
    DEFAULT_5XX: response(api),
    ...(api.authorizer !== null && {
      UNAUTHORIZED: response(api, { "WWW-Authenticate": "Bearer" }),
    }),
  };
}

/** @param headers besides those that all have */
function response(
  { cors }: ApiPlan,
  headers: Readonly<Record<string, string>> = {},
): GatewayResponse {
  const all = { ...securityHeaders, ...headers };
  return {
    responseParameters: {
      "gatewayresponse.header.Access-Control-Allow-Origin": staticOrigin(cors),
      ...Object.fromEntries(
        Object.entries(all).map(([name, value]) => [
          `gatewayresponse.header.${name}`,
          `'${value}'`,
        ]),
      ),
    },
    responseTemplates: { "application/json": '{"message":$context.error.messageString}' },
  };
}
