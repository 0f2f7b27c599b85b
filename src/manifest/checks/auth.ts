import { nearest, type Problem } from "../../errors/index.ts";
import { authorizerKey } from "../../names.ts";
import type { DeclaredNames } from "../declared-names.ts";
import { lambdaLimits } from "../facts.ts";
import { isForAll, routeAuthOf } from "../route-auth.ts";
import type { Draft } from "../schema.ts";
import type { Check } from "./check.ts";

type Functions = NonNullable<Draft["functions"]>;

/** Every route says who may call it, and where that takes a token, every environment says whose. */
export const checkAuth: Check = ({ functions = {} }, declared) => [
  ...Object.entries(functions).flatMap(([key, one]) => [
    ...reserved(key),
    ...(declared.answering.has(key) ? unsaid(key, one, declared) : unused(key, one, declared)),
  ]),
  ...withoutIssuer(functions, declared),
  ...tooMany(functions),
];

function reserved(key: string): Problem[] {
  if (key !== authorizerKey) return [];
  return [
    {
      code: "MANIFEST_NAME_RESERVED",
      path: ["functions", key],
      message: `"${key}" is the function that checks callers' tokens`,
      fix: "give it another name",
    },
  ];
}

function unsaid(key: string, { routes = [], auth }: Functions[string], declared: DeclaredNames) {
  const path = ["functions", key];
  // What is stated and has a wrong form has been reported, and is not missing.
  if (auth === undefined) {
    return declared.auth.has(key) || routes.length === 0 ? [] : [noAuth(path, routes, "add")];
  }
  if (isForAll(auth)) return [];
  const said = declared.auth.get(key) ?? [];
  const missing = said.includes("scopes") ? [] : routes.filter((route) => !said.includes(route));
  const problems = Object.keys(auth).flatMap((route): Problem[] => {
    if (routes.includes(route)) return [];
    const near = nearest(route, routes);
    return [
      {
        code: "MANIFEST_AUTH_UNUSED",
        path: [...path, "auth", route],
        message: `"${key}" does not answer ${route}`,
        fix: near === undefined ? "remove it" : `write "${near}"`,
      },
    ];
  });
  return missing.length === 0
    ? problems
    : [...problems, noAuth([...path, "auth"], missing, "add to it")];
}

function noAuth(path: string[], routes: readonly string[], add: string): Problem {
  const [first = "", ...others] = routes;
  const named = others.length === 0 ? first : `${first} and ${others.length} more`;
  const [open, guarded] =
    add === "add"
      ? ['auth: "none"', 'auth: { scopes: ["…"] }']
      : [`"${first}": "none"`, `"${first}": { scopes: ["…"] }`];
  return {
    code: "MANIFEST_NO_AUTH",
    path,
    message: `nothing says who may call ${named}`,
    fix: `${add} ${open} if everybody may, or ${guarded}`,
  };
}

/** What is said of routes, where there are none, holds for nothing. */
function unused(key: string, { throttling }: Functions[string], { auth }: DeclaredNames) {
  const stated = [
    ...(auth.has(key) ? ["auth"] : []),
    ...(throttling === undefined ? [] : ["throttling"]),
  ];
  return stated.map(
    (name): Problem => ({
      code: "MANIFEST_AUTH_UNUSED",
      path: ["functions", key, name],
      message: `"${key}" has no routes, so ${name} says nothing`,
      fix: `remove it, or add routes: ["GET /…"]`,
    }),
  );
}

/** Routes that ask for scopes, of all functions. */
function guarded(functions: Functions): (readonly [route: string, scopes: readonly string[]])[] {
  return Object.values(functions).flatMap(({ routes = [], auth }) =>
    routes.flatMap((route) => {
      const stated = routeAuthOf(auth, route);
      return typeof stated === "object" ? [[route, stated.scopes] as const] : [];
    }),
  );
}

function withoutIssuer(functions: Functions, declared: DeclaredNames): Problem[] {
  const [first] = guarded(functions);
  if (first === undefined) return [];
  return declared.environments
    .filter((name) => !declared.jwt.has(name))
    .map((name) => ({
      code: "MANIFEST_NO_ISSUER",
      path: ["environments", name],
      message: `${first[0]} asks for scopes, and ${name} does not say whose tokens have them`,
      fix: 'add jwt: { issuer: "https://…", audience: "…" }',
    }));
}

/** The authorizer is told of all of them in one environment variable, beside which there are others. */
function tooMany(functions: Functions): Problem[] {
  const bytes = guarded(functions).reduce(
    (sum, [route, scopes]) => sum + JSON.stringify({ [route]: scopes }).length,
    0,
  );
  const limit = lambdaLimits.environmentVariablesBytes - othersBytes;
  if (bytes <= limit) return [];
  return [
    {
      code: "MANIFEST_OUT_OF_RANGE",
      path: ["functions"],
      message: `the routes that ask for scopes take ${bytes} bytes of the authorizer's variables, and there is room for ${limit}`,
      fix: "shorten scopes or paths, or split the service",
    },
  ];
}

/** Issuer, audience and address of keys, at their longest, are rarely half of this. */
const othersBytes = 1536;
