/**
 * From a service's source to what runs.
 *
 * Takes a service's folder. Gives its manifest (`service.ts`, loaded and checked) and its functions,
 * bundled. Its one rule: esbuild is used here and nowhere else.
 */
export { type Bundle, type Bundler, createBundler } from "./bundler.ts";
export { type LoadedService, loadService } from "./load-service.ts";
export { ownModule } from "./own-source.ts";
