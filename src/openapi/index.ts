/**
 * What a service's API is, for those who call it.
 *
 * Takes a {@link ServicePlan}. Gives an OpenAPI 3.1 document: each route once, with what the manifest
 * states of it and what the toolkit's runtime and API Gateway add. Its one rule: it is pure, and the
 * same plan gives the same bytes.
 *
 * API Gateway imports OpenAPI 3.0. Components have letters and digits in their names only, because
 * its models do. Whoever gives it this document has to put `{proxy+}` back where it says `{proxy}`,
 * and the referenced answers in place of the references.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export { type DocumentOptions, openApiDocument } from "./open-api-document.ts";
export type * from "./types.ts";
