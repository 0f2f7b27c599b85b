import { authorizerVariables, environmentVariables, type RouteAuthVariable } from "../names.ts";

/** What an authorizer is told: whose tokens it takes, and what they have to have for which route. */
export interface AuthorizerSettings {
  /** A token's `iss`, to the letter. */
  readonly issuer: string;
  /** A token's `aud` has to have one of these; of Cognito's access tokens, `client_id` has to be one. */
  readonly audience: readonly string[];
  readonly jwksUri: string;
  /** The scopes of each route that asks for some, by its name. */
  readonly routes: Readonly<Record<string, readonly string[]>>;
}

/**
 * What the service plan says, from the function's environment variables.
 * @throws {Error} where one is missing: an authorizer that does not know whom to trust must not start
 */
export function readSettings(
  variables: Readonly<Record<string, string | undefined>>,
): AuthorizerSettings {
  const read = (name: string) => {
    const value = variables[name];
    if (value === undefined || value === "") throw new Error(`${name} is not set`);
    return value;
  };
  const { routes } = JSON.parse(read(environmentVariables.routeAuth)) as RouteAuthVariable;
  return {
    issuer: read(authorizerVariables.issuer),
    audience: read(authorizerVariables.audience).split(" "),
    jwksUri: read(authorizerVariables.jwksUri),
    routes: Object.fromEntries(
      Object.entries(routes).flatMap(([name, scopes]) =>
        typeof scopes === "string" ? [] : [[name, scopes]],
      ),
    ),
  };
}
