import path from "node:path";
import type { Plugin } from "esbuild";

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
      const { kind } = asked;
      const chain = await build.resolve(asked.path, { ...resolving(asked.resolveDir), kind });
      const name = "@aws-sdk/credential-provider-env";
      const found = await build.resolve(name, { ...resolving(path.dirname(chain.path)), kind });
      // Where it is not there, the chain that was asked for is what there is.
      if (found.errors.length > 0) return null;
      return { path: found.path, namespace: environment, sideEffects: false };
    });
    build.onLoad({ filter: /.*/, namespace: environment }, (file) => ({
      contents: `export { fromEnv as defaultProvider } from ${JSON.stringify(file.path)};`,
    }));
    build.onResolve({ filter: /.*/, namespace: environment }, (file) => ({ path: file.path }));
  },
};

/** esbuild's name for where the stand-in comes from. */
export const environment = "environment-credentials";

/** Marks what this plugin asks esbuild, so that it does not ask itself. */
const own = Symbol("own");
const resolving = (resolveDir: string) => ({ resolveDir, pluginData: own });

/** The packages of clients. Others that ask for the chain, such as `credential-providers`, mean it. */
const fromClients = /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]/;
