/**
 * What a service is.
 *
 * Takes the object that `service.ts` exports. Gives a {@link Manifest} with every default filled in,
 * or every {@link Problem} at once. Its one rule: it is pure, so that the same manifest always means
 * the same service.
 */
export { authorizer, type PackagedFunction, packagedFunctions } from "./authorizer.ts";
export { defineService } from "./define-service.ts";
export {
  architectures,
  lambdaLimits,
  regions,
  runtimePatchesEnd,
  runtimes,
  secretBytes,
  tableOperations,
} from "./facts.ts";
export { type FailoverTimes, failoverSeconds, failoverTimes } from "./failover.ts";
export { healthCheckRoute } from "./health-check-route.ts";
export {
  dataKeywords,
  definitionName,
  type JsonSchema,
  namingKeywords,
  type Property,
  propertiesOf,
  type Schema,
} from "./json-schema.ts";
export { methodsWithBody } from "./methods.ts";
export { pathParametersOf } from "./path-parameters.ts";
export { isForAll, routeAuthOf } from "./route-auth.ts";
export type { Manifest } from "./schema.ts";
export type { StatusCode } from "./status-codes.ts";
export type * from "./types.ts";
export { environmentNames, type Validation, validateManifest } from "./validate.ts";

/** Loads what finds a part in the source: its parser takes longer to load than a manifest does otherwise. */
export async function loadLocate() {
  return (await import("./locate.ts")).locate;
}
