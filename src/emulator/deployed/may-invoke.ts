import { evaluatePolicies } from "../../evaluate/index.ts";
import type { RoutePlan } from "../../plan/index.ts";
import type { DeployedFunction, Permission } from "./deployed-function.ts";
import type { DeployedService } from "./deployed-service.ts";

/**
 * Whether API Gateway may call the alias for this route. Where it may not, it answers 500, as it does
 * where there is no such function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html#apigateway-permissions
 */
export function mayInvoke(
  service: Api,
  { method, path }: Pick<RoutePlan, "method" | "path">,
  callee: Callee,
): boolean {
  // The gateway asks with the template of the path, in which a parameter is one star.
  return isAllowed(
    service,
    `${service.api.stage}/${method}${path}`.replace(/\{\w+\+?\}/g, "*"),
    callee,
  );
}

/** Whether API Gateway may ask the alias about a caller. What an authorizer's id is, nobody can know. */
export function mayAuthorize(service: Api, callee: Callee): boolean {
  return isAllowed(service, "authorizers/a1b2c3", callee);
}

type Api = Pick<DeployedService, "accountId" | "region" | "id" | "api">;
type Callee = Pick<DeployedFunction, "aliasArn" | "permissions">;

/** @param source what of the API is asked, behind its id */
function isAllowed(
  { accountId, region, id }: Api,
  source: string,
  { aliasArn, permissions }: Callee,
): boolean {
  const statements = permissions
    .filter(({ Principal }) => Object(Principal).Service === "apigateway.amazonaws.com")
    // Their ids may have characters that IAM's own may not.
    .map(({ Principal: _, Sid: __, ...statement }: Permission) => statement);
  if (statements.length === 0) return false;
  const { effect } = evaluatePolicies([{ Version: "2012-10-17", Statement: statements }], {
    action: "lambda:InvokeFunction",
    resource: aliasArn,
    context: { "aws:SourceArn": `arn:aws:execute-api:${region}:${accountId}:${id}/${source}` },
  });
  return effect === "allowed";
}
