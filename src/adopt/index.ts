/**
 * Makes a manifest of what another tool deploys.
 *
 * Takes the text of a SAM template or a file of the Serverless Framework. Gives `service.ts`, and each part of
 * the source that is not in it, with what to do instead. Its one rule: nothing is dropped in silence.
 */
export { type Adoption, adopt, type Source } from "./adopt.ts";
export type { Loss } from "./source/ledger.ts";
export { maxSourceBytes } from "./source/read-yaml.ts";
export type { Definition, Site } from "./write/definition.ts";
