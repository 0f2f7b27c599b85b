/**
 * New services, and new parts of them.
 *
 * Takes what a service is to be, and the Product service's source. Gives the files of a service that does the same for
 * another entity. Its one rule: what it gives is what the formatter would write, and passes its own tests at once.
 */
export { testSetUp, type Versions } from "./files/repository-files.ts";
export { exampleAccounts } from "./files/service-file.ts";
export { entityClashes } from "./parts/entity-clashes.ts";
export { entityInManifest, entityText, withEntity } from "./parts/entity-in-manifest.ts";
export { furtherEntityFiles } from "./parts/new-entity.ts";
export {
  type FunctionSpec,
  functionDefinition,
  functionFiles,
  functionKey,
  functionText,
  withFunction,
} from "./parts/new-function.ts";
export { type RouteSpec, routedDefinition, routeFiles, withRoute } from "./parts/new-route.ts";
export { isKind } from "./parts/own-folder.ts";
export { withSampleData } from "./parts/with-sample-data.ts";
export { isProblem, readField, type SpecProblem } from "./read-field.ts";
export { readIdForm } from "./read-id-form.ts";
export { type Files, sampleData, scaffoldService, templateFiles } from "./scaffold-service.ts";
export type {
  EntitySpec,
  FieldSpec,
  ServiceSpec,
} from "./service-spec.ts";
export { entityProblems, specProblems } from "./spec-problems.ts";
export { capital, isKebab, pluralOf, singularOf, wordsOf } from "./words.ts";
