import { inPlaceOf } from "./in-place-of.ts";

/** esbuild's name for where the stand-in comes from. */
export const environment = "environment-credentials";

/**
 * Gives AWS's clients the credentials of the environment, and no other way to find some. Lambda puts its
 * role's credentials there; the SDK's own chain also knows of profiles, single sign-on, containers and web
 * identities, which is a third of a client's code. Who needs another way says so with `credentials`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export const environmentCredentials = inPlaceOf({
  name: environment,
  imports: /^@aws-sdk\/credential-provider-node$/,
  // The packages of clients. Others that ask for the chain, such as `credential-providers`, mean it.
  importers: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]/,
  from: "@aws-sdk/credential-provider-env",
  contents: (provider) => `export { fromEnv as defaultProvider } from ${provider};`,
});
