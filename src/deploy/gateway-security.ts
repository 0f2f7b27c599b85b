import type { RoutePlan, ServicePlan } from "../plan/index.ts";
import { invocationUri } from "./invocation-uri.ts";

/** Who may call an operation: said of each one, of those too that everybody may call. */
export interface OperationSecurity {
  /** By the scheme's name. API Gateway takes no scopes here: which ones a route asks for, the authorizer knows. */
  readonly security?: readonly Readonly<Record<string, readonly []>>[];
  readonly "x-amazon-apigateway-auth"?: { readonly type: "NONE" };
}

/** A scheme as API Gateway takes it: an API key in OpenAPI's words, whatever it is. */
export interface SecurityScheme {
  readonly type: "apiKey";
  readonly name: "Authorization";
  readonly in: "header";
  readonly "x-amazon-apigateway-authtype": "awsSigv4" | "custom";
  readonly "x-amazon-apigateway-authorizer"?: TokenAuthorizer;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html (2026-11-27) */
export interface TokenAuthorizer {
  readonly type: "token";
  readonly authorizerUri: string;
  readonly authorizerResultTtlInSeconds: number;
  readonly identitySource: string;
  readonly identityValidationExpression: string;
}

/**
 * What looks like a JSON Web Token at all. Anything else is answered with 401 and starts no function, so that
 * nobody can have us pay for noise.
 */
const bearerToken = "^[Bb]earer [A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$";

const openToAll: OperationSecurity = { "x-amazon-apigateway-auth": { type: "NONE" } };

/** What browsers ask first has no token with it: it is open wherever the route is not. */
export const preflightSecurity = openToAll;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html (2026-11-27) */
export function operationSecurity({ auth }: RoutePlan): OperationSecurity {
  switch (auth.type) {
    case "none":
      return openToAll;
    case "iam":
      return { security: [{ sigv4: [] }] };
    case "jwt":
      return { security: [{ token: [] }] };
  }
}

/** The schemes that routes name, and no others. Undefined where all of them are open. */
export function securitySchemes(
  plan: ServicePlan,
): Readonly<Record<string, SecurityScheme>> | undefined {
  const { routes, authorizer } = plan.api;
  const schemes = {
    ...(routes.some(({ auth }) => auth.type === "iam") && { sigv4: scheme("awsSigv4") }),
    ...(authorizer !== null && {
      token: {
        ...scheme("custom"),
        "x-amazon-apigateway-authorizer": {
          type: "token" as const,
          authorizerUri: invocationUri(authorizer.function.arn, plan),
          authorizerResultTtlInSeconds: authorizer.cacheSeconds,
          identitySource: "method.request.header.Authorization",
          identityValidationExpression: bearerToken,
        },
      },
    }),
  };
  return Object.keys(schemes).length === 0 ? undefined : schemes;
}

function scheme(type: SecurityScheme["x-amazon-apigateway-authtype"]): SecurityScheme {
  return {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": type,
  };
}
