import type { ApiPlan, PreflightPlan, RoutePlan, ServicePlan } from "../plan/index.ts";
import { ComponentSchemas } from "./component-schemas.ts";
import {
  correlationParameter,
  type KnownAnswer,
  knownAnswers,
  knownHeaders,
  knownSchemas,
} from "./known-answers.ts";
import { pascalCase, uniqueNames } from "./names.ts";
import { operationName, parameter, routeRequest } from "./operations.ts";
import { routeResponses } from "./responses.ts";
import { routeSecurity, securitySchemes } from "./security.ts";
import type {
  Header,
  OpenApiDocument,
  Operation,
  OperationMethod,
  PathItem,
  Server,
} from "./types.ts";

export interface DocumentOptions {
  /** Where the API can be called. @default none is named: next to the document */
  readonly servers?: readonly Server[];
}

/** A service's API as an OpenAPI 3.1 document. */
export function openApiDocument(
  plan: ServicePlan,
  { servers }: DocumentOptions = {},
): OpenApiDocument {
  const { api } = plan;
  const schemas = new ComponentSchemas(knownSchemas);
  const known = knownAnswers(api);
  const security = securitySchemes(api);
  return {
    openapi: "3.1.0",
    info: { title: plan.service, version: api.stage, description: plan.description },
    ...(servers === undefined ? {} : { servers }),
    paths: paths(plan, known, schemas),
    components: {
      schemas: schemas.all(),
      parameters: { CorrelationId: correlationParameter },
      headers: knownHeaders(api.cors),
      responses: Object.fromEntries(known.map(({ name, response }) => [name, response])),
      ...(security === undefined ? {} : { securitySchemes: security }),
    },
  };
}

function paths(
  { api, functions }: ServicePlan,
  known: readonly KnownAnswer[],
  schemas: ComponentSchemas,
): Record<string, PathItem> {
  const unique = uniqueNames();
  const descriptions = new Map(functions.map(({ key, description }) => [key, description]));
  const operation = (route: RoutePlan): [OperationMethod, Operation] => {
    const alone = api.routes.filter((one) => one.function === route.function).length === 1;
    const request = routeRequest(route, schemas);
    const answers = known.filter(({ status }) => {
      if (status === 413) return request.requestBody !== undefined;
      return status !== 401 || route.auth.type === "jwt";
    });
    return [
      route.method.toLowerCase() as OperationMethod,
      {
        operationId: unique(operationName(route, alone)),
        summary: descriptions.get(route.function) as string,
        ...request,
        ...routeSecurity(route),
        responses: routeResponses(route, api.cors, answers, schemas),
      },
    ];
  };
  return Object.fromEntries(
    api.preflights.map((preflight) => {
      const routes = api.routes.filter(({ path }) => path === preflight.path);
      const item: PathItem = {
        ...Object.fromEntries(routes.map(operation)),
        options: preflightOperation(preflight, routes, api, unique, schemas),
      };
      return [withoutGreed(preflight.path), item];
    }),
  );
}

/** OpenAPI has no word for a parameter that takes slashes. */
function withoutGreed(path: string): string {
  return path.replace("+}", "}");
}

function preflightOperation(
  { path, allowMethods }: PreflightPlan,
  routes: readonly RoutePlan[],
  { cors }: ApiPlan,
  unique: (name: string) => string,
  schemas: ComponentSchemas,
): Operation {
  const parameters = routes
    .slice(0, 1)
    .flatMap((route) =>
      route.parameters
        .filter((one) => one.in === "path")
        .map((one) => parameter(one, route, schemas)),
    );
  const exactly = (value: string): Header => ({
    required: true,
    schema: { type: "string", const: value },
  });
  return {
    operationId: unique(`options${pascalCase(path)}`),
    summary: "Tell a browser what it may send",
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: {
      200: {
        description: "What a browser may send.",
        headers: {
          "Access-Control-Allow-Origin": {
            $ref: "#/components/headers/AccessControlAllowOrigin",
          },
          "Access-Control-Allow-Methods": exactly(allowMethods.join(",")),
          "Access-Control-Allow-Headers": exactly(cors.allowHeaders.join(",")),
          "Access-Control-Max-Age": exactly(String(cors.maxAgeSeconds)),
        },
      },
      403: { $ref: "#/components/responses/Forbidden" },
      429: { $ref: "#/components/responses/TooManyRequests" },
    },
  };
}
