import type { RouteAuth } from "../manifest/index.ts";
import type { AdoptedRoute } from "./model.ts";

/** What stands for any method in a template, as a manifest says it. */
export const everyMethod = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;

/**
 * A method and a path of a source, as the routes of a manifest: any method is all six, and a catch-all two paths.
 *
 * @returns undefined where a manifest has no such route
 */
export function routesOf(
  method: string,
  path: string,
  auth: RouteAuth | undefined,
): AdoptedRoute[] | undefined {
  const upper = method.trim().toUpperCase();
  const isAny = ["ANY", "*", "X-AMAZON-APIGATEWAY-ANY-METHOD", "X-AMZN-HTTP-ANY-METHOD"];
  const methods = isAny.includes(upper) ? everyMethod : everyMethod.filter((one) => one === upper);
  const whole = `/${path.trim().replace(/^\/+|\/+$/g, "")}`;
  const paths = path.trim() === "*" || /^\/?\$default$/.test(path) ? ["/", "/{proxy+}"] : [whole];
  if (methods.length === 0 || !paths.every((one) => pathForm.test(one))) return undefined;
  return paths.flatMap((one) => methods.map((each) => ({ method: each, path: one, auth })));
}

/** As the manifest has it: a parameter is a whole segment, and a greedy one the last. */
const pathForm =
  /^\/(?:(?:[\w.~-]+|\{\w+\})(?:\/(?:[\w.~-]+|\{\w+\}))*(?:\/\{\w+\+\})?|\{\w+\+\})?$/;

/** Why a route cannot be carried over. */
export function routeReason(method: string) {
  return method.trim().toUpperCase() === "OPTIONS"
    ? { why: "the API answers preflights itself, by api.cors", instead: "nothing" }
    : {
        why: "a manifest has no such route: a method is one of six, a parameter a whole segment",
        instead: "write it under routes of the function, as near as it can be",
      };
}
