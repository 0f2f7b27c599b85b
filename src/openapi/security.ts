import type { ApiPlan, RoutePlan } from "../plan/index.ts";
import type { Operation, SecurityScheme } from "./types.ts";

const schemes = {
  jwt: {
    name: "Token",
    scheme: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
  },
  // As API Gateway's own export has it: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html (2026-11-27)
  iam: {
    name: "Signature",
    scheme: {
      type: "apiKey",
      in: "header",
      name: "Authorization",
      "x-amazon-apigateway-authtype": "awsSigv4",
    },
  },
} as const satisfies Record<string, { name: string; scheme: SecurityScheme }>;

/** How callers show who they are; nothing where every route is open. */
export function securitySchemes({
  routes,
}: ApiPlan): Readonly<Record<string, SecurityScheme>> | undefined {
  const used = (["jwt", "iam"] as const).filter((type) =>
    routes.some(({ auth }) => auth.type === type),
  );
  if (used.length === 0) return undefined;
  return Object.fromEntries(used.map((type) => [schemes[type].name, schemes[type].scheme]));
}

/** What a caller of a route needs, with a token's scopes. @see https://spec.openapis.org/oas/v3.1.0#security-requirement-object */
export function routeSecurity({ auth }: RoutePlan): Pick<Operation, "security"> {
  if (auth.type === "none") return {};
  return { security: [{ [schemes[auth.type].name]: auth.type === "jwt" ? auth.scopes : [] }] };
}
