import { evaluatePolicies } from "../../src/evaluate/index.ts";
import type { RoutePlan } from "../../src/plan/index.ts";
import type { DeployedFunction, Permission } from "./deployed-function.ts";
import type { DeployedService } from "./deployed-service.ts";

/**
 * Whether API Gateway may call the alias for this route. Where it may not, it answers 500, as it does
 * where there is no such function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html#apigateway-permissions
 */
export function mayInvoke(
  { accountId, region, id, api }: Pick<DeployedService, "accountId" | "region" | "id" | "api">,
  { method, path }: RoutePlan,
  { aliasArn, permissions }: Pick<DeployedFunction, "aliasArn" | "permissions">,
): boolean {
  const statements = permissions
    .filter(({ Principal }) => Object(Principal).Service === "apigateway.amazonaws.com")
    // Their ids may have characters that IAM's own may not.
    .map(({ Principal: _, Sid: __, ...statement }: Permission) => statement);
  if (statements.length === 0) return false;
  const source = `arn:aws:execute-api:${region}:${accountId}:${id}/${api.stage}/${method}${path}`;
  const { effect } = evaluatePolicies([{ Version: "2012-10-17", Statement: statements }], {
    action: "lambda:InvokeFunction",
    resource: aliasArn,
    // The gateway asks with the template of the path, in which a parameter is one star.
    context: { "aws:SourceArn": source.replace(/\{\w+\+?\}/g, "*") },
  });
  return effect === "allowed";
}
