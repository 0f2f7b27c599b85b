import type { Plugin } from "esbuild";
import { inPlaceOf } from "./in-place-of.ts";

/** esbuild's name for where the stand-in comes from. */
export const sharedFiles = "shared-configuration-files";

const configurationOfClients = /[\\/]@smithy[\\/]core[\\/].*[\\/]config[\\/]/;

/**
 * Lets AWS's clients read the shared files, `~/.aws/config` and `~/.aws/credentials`, only where a variable
 * names one. Lambda has no home that could hold them, and those of a developer are for other programs. To
 * look for them costs every cold start two reads, and `node:fs/promises`.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html the variables
 */
export const environmentConfiguration = inPlaceOf({
  name: sharedFiles,
  imports: /\/loadSharedConfigFiles(?:\.js)?$/,
  importers: configurationOfClients,
  contents: (file) => `export * from ${file};
import { loadSharedConfigFiles as load } from ${file};
const isNamed = (init) =>
  init?.filepath || init?.configFilepath || process.env.AWS_CONFIG_FILE || process.env.AWS_SHARED_CREDENTIALS_FILE;
export const loadSharedConfigFiles = async (init) =>
  isNamed(init) ? load(init) : { configFile: {}, credentialsFile: {} };
`,
});

const whenUsed = "loaded-when-used";

/** Loads what those files are read with when something of it is read, and not when it is imported. */
export const readersWhenUsed: Plugin = {
  name: whenUsed,
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?fs\/promises$/ }, ({ path, importer }) =>
      configurationOfClients.test(importer) ? { path, namespace: whenUsed } : null,
    );
    build.onLoad({ filter: /.*/, namespace: whenUsed }, ({ path }) => ({
      // esbuild's own wrapper asks for `__esModule`, and takes over what the prototype has.
      contents: `const get = (_, name) => name === "__esModule" ? undefined : process.getBuiltinModule("${path}")[name];
module.exports = Object.create(new Proxy({}, { get }));
`,
    }));
  },
};
