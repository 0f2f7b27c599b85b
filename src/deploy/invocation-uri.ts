import type { ServicePlan } from "../plan/index.ts";

/**
 * How API Gateway calls the alias of a function, for an answer or for who may have one.
 *
 * @param arn the function's
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export function invocationUri(arn: string, { deployment, region }: ServicePlan): string {
  return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}:${deployment.alias}/invocations`;
}
