/**
 * What a service is.
 *
 * Takes the object that `service.ts` exports. Gives a {@link Manifest} with every default filled in,
 * or every {@link Problem} at once. Its one rule: it is pure, so that the same manifest always means
 * the same service.
 */
export { defineService } from "./define-service.ts";
export { locate } from "./locate.ts";
export type { Manifest } from "./schema.ts";
export type * from "./types.ts";
export { environmentNames, type Validation, validateManifest } from "./validate.ts";
