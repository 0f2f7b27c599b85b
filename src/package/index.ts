/**
 * From a service's source to what runs.
 *
 * Takes a service's folder. Gives its manifest (`service.ts`, loaded and checked), its functions
 * bundled for this machine, and their artifacts: the zips that Lambda gets, checked, and listed with all
 * that is inside. Its one rule: esbuild is used here and nowhere else.
 */
export { type Artifact, buildArtifacts, sourceFiles, unpackArtifact } from "./artifact.ts";
export { artifactModule, type FunctionSource } from "./artifact-bundle/bundle-artifacts.ts";
export { type Bundle, type Bundler, createBundler } from "./bundler.ts";
export type { CodeCompiler, FindCompiler } from "./code-cache/code-compiler.ts";
export { kilobytes } from "./contents/kilobytes.ts";
export type { WhyAnswer } from "./contents/why-inside.ts";
export { type LoadedService, loadService } from "./load-service.ts";
export { builtProgram, ownProgram } from "./own-program.ts";
export { ownFolder, ownPackage, ownTemplate } from "./own-source.ts";
export {
  explainModule,
  type PackagedService,
  type PackageOptions,
  packageService,
} from "./package-service.ts";
export type { Step } from "./steps.ts";
