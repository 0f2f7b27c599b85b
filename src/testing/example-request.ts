import { encodePathParameters } from "../plan/index.ts";
import type { ApiCall } from "./api-event.ts";
import { type Service, testPlan } from "./test-plan.ts";

/**
 * The example that the manifest gives for a function's first route: sample data that is always as
 * good as the documentation.
 */
export function exampleRequest(service: Service, functionKey: string): ApiCall {
  const route = testPlan(service).api.routes.find((one) => one.function === functionKey);
  if (route === undefined) throw new Error(`Function "${functionKey}" has no route.`);
  const { pathParameters, query, body } = route.example;
  return {
    route: `${route.method} ${route.path}`,
    pathParameters: encodePathParameters(route.path, pathParameters),
    query,
    ...(body === null ? {} : { body }),
  };
}
