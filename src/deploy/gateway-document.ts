import type { PreflightPlan, RoutePlan, ServicePlan } from "../plan/index.ts";
import { preflightIntegration, preflightResponses } from "./gateway-cors.ts";
import { type GatewayResponse, gatewayResponses } from "./gateway-responses.ts";
import {
  type OperationSecurity,
  operationSecurity,
  preflightSecurity,
  type SecurityScheme,
  securitySchemes,
} from "./gateway-security.ts";
import { invocationUri } from "./invocation-uri.ts";

/**
 * The part of OpenAPI 3.0 that is written here, with API Gateway's own words. No document for people:
 * that is `openapi`'s, and says much that API Gateway would refuse or ignore.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export interface GatewayDocument {
  readonly openapi: "3.0.1";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, GatewayOperation>>>>;
  readonly components?: {
    readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  };
  readonly "x-amazon-apigateway-binary-media-types"?: readonly string[];
  readonly "x-amazon-apigateway-gateway-responses": Readonly<Record<string, GatewayResponse>>;
  readonly "x-amazon-apigateway-request-validator": string;
  readonly "x-amazon-apigateway-request-validators": Readonly<Record<string, RequestValidator>>;
}

export interface GatewayOperation extends OperationSecurity {
  readonly parameters?: readonly GatewayParameter[];
  readonly responses: Readonly<Record<string, object>>;
  readonly "x-amazon-apigateway-integration": Readonly<Record<string, unknown>>;
}

/** Of what a parameter may have, API Gateway reads no more than this. */
export interface GatewayParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: { readonly type: "string" };
}

export interface RequestValidator {
  readonly validateRequestParameters: boolean;
  readonly validateRequestBody: boolean;
}

/**
 * The API as API Gateway imports it: each route to the alias of its function, if the caller may call it,
 * `OPTIONS` answered without one, CORS headers on what the gateway answers by itself.
 *
 * A request without a parameter that has to be there is refused by the gateway. Bodies are the
 * functions' to check: their answer names every field that is wrong, the gateway's could not.
 */
export function gatewayDocument(plan: ServicePlan): GatewayDocument {
  const { api } = plan;
  const schemes = securitySchemes(plan);
  return {
    openapi: "3.0.1",
    info: { title: api.name, version: api.stage, description: plan.description },
    paths: Object.fromEntries(
      api.preflights.map((preflight) => {
        const routes = api.routes.filter(({ path }) => path === preflight.path);
        return [
          preflight.path,
          {
            ...Object.fromEntries(
              routes.map((route) => [route.method.toLowerCase(), operation(route, plan)]),
            ),
            options: preflightOperation(preflight, plan),
          },
        ];
      }),
    ),
    ...(schemes !== undefined && { components: { securitySchemes: schemes } }),
    ...(api.binaryMediaTypes.length === 0
      ? {}
      : { "x-amazon-apigateway-binary-media-types": api.binaryMediaTypes }),
    "x-amazon-apigateway-gateway-responses": gatewayResponses(api),
    "x-amazon-apigateway-request-validator": "parameters",
    "x-amazon-apigateway-request-validators": {
      parameters: { validateRequestParameters: true, validateRequestBody: false },
    },
  };
}

function operation(route: RoutePlan, plan: ServicePlan): GatewayOperation {
  const { parameters } = route;
  return {
    ...(parameters.length === 0
      ? {}
      : {
          // On each method, never on the path: emulators of API Gateway do not know those.
          parameters: parameters.map(({ name, in: place, required }) => ({
            name,
            in: place,
            required,
            schema: { type: "string" } as const,
          })),
        }),
    ...operationSecurity(route),
    responses: { 200: { description: "The function's answer" } },
    "x-amazon-apigateway-integration": {
      type: "aws_proxy",
      // How the gateway calls Lambda, whatever the method of the route is.
      httpMethod: "POST",
      uri: invocationUri(arnOf(route.function, plan), plan),
      passthroughBehavior: "when_no_match",
    },
  };
}

function arnOf(key: string, { functions }: ServicePlan): string {
  return (functions.find((one) => one.key === key) as { arn: string }).arn;
}

function preflightOperation(preflight: PreflightPlan, { api }: ServicePlan): GatewayOperation {
  const names = [...preflight.path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => name);
  return {
    ...(names.length === 0
      ? {}
      : {
          parameters: names.map((name) => ({
            name,
            in: "path" as const,
            required: true,
            schema: { type: "string" } as const,
          })),
        }),
    ...preflightSecurity,
    responses: preflightResponses,
    "x-amazon-apigateway-integration": preflightIntegration(preflight, api),
  };
}
