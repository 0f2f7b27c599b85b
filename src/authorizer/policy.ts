/** IAM's form of what a caller may do, as API Gateway wants it from an authorizer. */
export interface CallerPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Action: "execute-api:Invoke";
    readonly Effect: "Allow" | "Deny";
    readonly Resource: string[];
  }[];
}

/**
 * What a token with these scopes may call, of all routes that ask for some. API Gateway keeps the answer, and
 * uses it for the next request with the same token whatever its route: so it must not depend on the route
 * that was asked for first.
 *
 * A path parameter is `*` to IAM, which reaches over slashes: `PUT /items/*` is also `PUT /items/1/price`. So a
 * route within an allowed one that is not allowed itself is denied by name.
 *
 * @param methodArn of the request, only for the API and the stage
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html (2026-11-27)
 */
export function callerPolicy(
  methodArn: string,
  routes: Readonly<Record<string, readonly string[]>>,
  scopes: readonly string[],
): CallerPolicy {
  const api = methodArn.split("/", 2).join("/");
  const names = Object.keys(routes).sort();
  const [allowed, refused] = [true, false].map((wanted) =>
    names.filter((name) => mayCall(routes[name] ?? [], scopes) === wanted).map(pattern),
  ) as [string[], string[]];
  const denied = refused.filter(
    (one) => allowed.length === 0 || allowed.some((other) => covers(other, one)),
  );
  const statement = (Effect: "Allow" | "Deny", patterns: readonly string[]) =>
    patterns.length === 0
      ? []
      : [
          {
            Action: "execute-api:Invoke" as const,
            Effect,
            Resource: patterns.map((one) => `${api}/${one}`),
          },
        ];
  return {
    Version: "2012-10-17",
    Statement: [...statement("Allow", allowed), ...statement("Deny", denied)],
  };
}

/** A route that asks for no scope at all is not one that an authorizer lets anybody to. */
function mayCall(asked: readonly string[], scopes: readonly string[]): boolean {
  return asked.length > 0 && asked.every((scope) => scopes.includes(scope));
}

/** `PUT /items/{itemId}` → `PUT/items/*` */
function pattern(routeName: string): string {
  return routeName.replace(" ", "").replace(/\{[^}]+\}/g, "*");
}

/** Whether IAM takes everything that the inner pattern matches for the outer one, too. */
function covers(outer: string, inner: string): boolean {
  const literal = outer.split("*").map((part) => part.replace(/[.\\+^$?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`).test(inner);
}
