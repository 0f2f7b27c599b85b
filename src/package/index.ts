/**
 * From a service's source to what runs.
 *
 * Takes a service's folder. Gives its manifest (`service.ts`, loaded and checked), its functions
 * bundled for this machine, and their artifacts: the zips that Lambda gets. Its one rule: esbuild is
 * used here and nowhere else.
 */
export {
  type Artifact,
  artifactModule,
  buildArtifacts,
  unpackArtifact,
  writeArtifacts,
} from "./artifact.ts";
export type { FunctionSource } from "./bundle-artifacts.ts";
export { type Bundle, type Bundler, createBundler } from "./bundler.ts";
export { type LoadedService, loadService } from "./load-service.ts";
export { ownFolder, ownModule } from "./own-source.ts";
