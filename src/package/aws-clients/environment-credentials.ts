import path from "node:path";
import type { Plugin } from "esbuild";
import { slashed } from "../../system/index.ts";

/**
 * Gives AWS's clients the credentials of the environment, and no other way to find some. Lambda puts its
 * role's credentials there; the SDK's own chain also knows of profiles, single sign-on, containers and web
 * identities, which is a third of a client's code. Who needs another way says so with `credentials`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export const environmentCredentials: Plugin = {
  name: "environment-credentials",
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, async (asked) => {
      if (asked.pluginData === own || !fromClients.test(asked.importer)) return null;
      const { kind, resolveDir } = asked;
      const chain = await build.resolve(asked.path, { kind, resolveDir, pluginData: own });
      const folder = path.dirname(chain.path);
      const found = await build.resolve(provider, { kind, resolveDir: folder });
      // Where it is not there, the chain that was asked for is what there is.
      if (found.errors.length > 0) return null;
      const { absWorkingDir: base = "" } = build.initialOptions;
      return {
        path: slashed(path.relative(base, found.path)),
        namespace: environment,
        sideEffects: false,
        pluginData: folder,
      };
    });
    build.onLoad({ filter: /.*/, namespace: environment }, ({ pluginData }) => ({
      contents: `export { fromEnv as defaultProvider } from "${provider}";`,
      resolveDir: pluginData,
    }));
  },
};

/** esbuild's name for where the stand-in comes from. */
export const environment = "environment-credentials";

const provider = "@aws-sdk/credential-provider-env";

/** Marks what this plugin asks esbuild, so that it does not ask itself. */
const own = Symbol("own");

/** The packages of clients. Others that ask for the chain, such as `credential-providers`, mean it. */
const fromClients = /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]/;
