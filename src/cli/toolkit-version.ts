import { createRequire } from "node:module";

/** This toolkit's version, from its own `package.json`. */
export function toolkitVersion(): string {
  return createRequire(import.meta.url)("../../package.json").version;
}
