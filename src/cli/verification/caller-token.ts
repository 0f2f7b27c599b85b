import { LambdakitError } from "../../errors/index.ts";

const variable = "LAMBDAKIT_TOKEN";

/**
 * The token that checks are made with, from the environment: on a command line, every process of the machine could
 * read it.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE
 */
export function callerToken(): string | undefined {
  const { [variable]: token = "" } = process.env;
  if (token === "") return undefined;
  if (/^[\w.~+/-]+=*$/.test(token)) return token;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `${variable} is no token: it has ${token.length} characters, and one of them cannot be in a token.`,
    fix: `export ${variable}=$(lambdakit token)`,
    at: variable,
  });
}
