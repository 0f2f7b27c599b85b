import { type OpenApiDocument, openApiDocument } from "../openapi/index.ts";
import { type Service, testPlan } from "./test-plan.ts";

/**
 * The service's OpenAPI document, to hold answers against.
 * @throws {LambdakitError} MANIFEST_INVALID
 */
export function apiDocument(service: Service): OpenApiDocument {
  return openApiDocument(testPlan(service));
}
