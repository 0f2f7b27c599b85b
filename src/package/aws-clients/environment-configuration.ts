import path from "node:path";
import type { Plugin } from "esbuild";
import { slashed } from "../../system/index.ts";

/**
 * Lets AWS's clients read the shared files, `~/.aws/config` and `~/.aws/credentials`, only where a variable
 * names one. Lambda has no home that could hold them, and those of a developer are for other programs. To
 * look for them costs every cold start two reads, and `node:fs/promises`.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html the variables
 */
export const environmentConfiguration: Plugin = {
  name: "environment-configuration",
  setup(build) {
    build.onResolve({ filter: /\/loadSharedConfigFiles(?:\.js)?$/ }, async (asked) => {
      const { kind, resolveDir, importer, namespace } = asked;
      if (namespace !== "file" || !configurationOfClients.test(importer)) return null;
      const found = await build.resolve(asked.path, { kind, resolveDir, namespace: sharedFiles });
      if (found.errors.length > 0) return null;
      const { absWorkingDir: base = "" } = build.initialOptions;
      return {
        path: slashed(path.relative(base, found.path)),
        namespace: sharedFiles,
        sideEffects: false,
        pluginData: found.path,
      };
    });
    build.onLoad({ filter: /.*/, namespace: sharedFiles }, ({ pluginData: file }) => ({
      contents: onlyWhereNamed(`./${path.basename(file)}`),
      resolveDir: path.dirname(file),
    }));
    build.onResolve({ filter: /^(?:node:)?fs\/promises$/ }, ({ path, importer }) =>
      configurationOfClients.test(importer) ? { path, namespace: whenUsed } : null,
    );
    build.onLoad({ filter: /.*/, namespace: whenUsed }, ({ path }) => ({
      contents: loadedWhenUsed(path),
    }));
  },
};

/** esbuild's names for where what this plugin puts in the place of modules comes from. */
export const sharedFiles = "shared-configuration-files";
export const whenUsed = "loaded-when-used";

const configurationOfClients = /[\\/]@smithy[\\/]core[\\/].*[\\/]config[\\/]/;

function onlyWhereNamed(file: string): string {
  const from = JSON.stringify(file);
  return `export * from ${from};
import { loadSharedConfigFiles as load } from ${from};
const isNamed = (init) =>
  init?.filepath || init?.configFilepath || process.env.AWS_CONFIG_FILE || process.env.AWS_SHARED_CREDENTIALS_FILE;
export const loadSharedConfigFiles = async (init) =>
  isNamed(init) ? load(init) : { configFile: {}, credentialsFile: {} };
`;
}

/** A builtin module that is loaded when something of it is read, and not when it is imported. */
function loadedWhenUsed(name: string): string {
  // esbuild's own wrapper asks for `__esModule`, and takes over what the prototype has.
  return `const get = (_, name) => name === "__esModule" ? undefined : process.getBuiltinModule("${name}")[name];
module.exports = Object.create(new Proxy({}, { get }));
`;
}
