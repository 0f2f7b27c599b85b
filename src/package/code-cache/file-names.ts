import { packagesModule } from "../artifact-bundle/packages-outside.ts";

/** The module that a function imports its packages from, whatever stands behind it. */
export const moduleFile = `${packagesModule}.mjs`;
/** A classic script, which is not for `import` or `require`. */
export const scriptFile = `${packagesModule}.js`;
export const cacheFile = `${packagesModule}.cache`;
