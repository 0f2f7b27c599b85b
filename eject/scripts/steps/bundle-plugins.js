/** Two things that make cold starts shorter. Without them, bundles work as well, and are larger. */
import { builtinModules } from "node:module";
import path from "node:path";

const builtins = builtinModules.filter((name) => !name.startsWith("_"));

/**
 * Takes Node.js's own modules by `process.getBuiltinModule`: an `import` of `node:http` also loads undici, which a function
 * that never calls `fetch` pays for. https://github.com/nodejs/node/issues/59686
 */
export const nodeBuiltins = {
  name: "node-builtins",
  setup(build) {
    const filter = new RegExp(`^(?:node:.*|${builtins.join("|")})$`);
    build.onResolve({ filter }, (asked) => ({
      path: asked.path.replace(/^(?:node:)?/, "node:"),
      namespace: "builtin",
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace: "builtin" }, (asked) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(asked.path)});`,
    }));
  },
};

/**
 * Gives AWS's clients the credentials of the environment, where Lambda puts those of its role, and no other way to find
 * some: profiles, single sign-on and containers are a third of a client's code.
 */
export const environmentCredentials = {
  name: "environment-credentials",
  setup(build) {
    const own = Symbol("own");
    const fromClients = /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]/;
    const provider = "@aws-sdk/credential-provider-env";
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, async (asked) => {
      if (asked.pluginData === own || !fromClients.test(asked.importer)) return null;
      const { kind, resolveDir } = asked;
      const chain = await build.resolve(asked.path, { kind, resolveDir, pluginData: own });
      const folder = path.dirname(chain.path);
      const found = await build.resolve(provider, { kind, resolveDir: folder });
      if (found.errors.length > 0) return null;
      return {
        path: path.relative(process.cwd(), found.path).split(path.sep).join("/"),
        namespace: "environment-credentials",
        sideEffects: false,
        pluginData: folder,
      };
    });
    build.onLoad({ filter: /.*/, namespace: "environment-credentials" }, ({ pluginData }) => ({
      contents: `export { fromEnv as defaultProvider } from "${provider}";`,
      resolveDir: pluginData,
    }));
  },
};
