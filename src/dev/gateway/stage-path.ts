import type { Match, Router } from "./router.ts";

/** Where a request's path leads. */
export interface Place {
  /** Without the stage, with one slash at its start. */
  readonly path: string;
  /** As the caller wrote it: the event's `requestContext.path`. */
  readonly written: string;
  /** Undefined where no route has this path. */
  readonly match: Match | undefined;
}

/**
 * The deployed URL starts with the stage, and one with a domain of its own does not. Both work here,
 * so that a path can be copied from either. Where both readings fit, a route that names the stage's
 * word itself, such as `/v1/inside`, is meant as it is written; a parameter does not take the stage.
 */
export function findPlace(written: string, stage: string, router: Router): Place {
  const path = oneSlash(written);
  const plain: Place = { path, written, match: router.match(path) };
  const prefix = `/${stage}`;
  if (!path.startsWith(prefix) || !(path.length === prefix.length || path[prefix.length] === "/")) {
    return plain;
  }
  if (plain.match !== undefined && !plain.match.template.startsWith("/{")) return plain;
  const inside = oneSlash(path.slice(prefix.length));
  const match = router.match(inside);
  return match === undefined ? plain : { path: inside, written: path, match };
}

/** API Gateway does not see that a slash at the start is doubled. */
function oneSlash(path: string): string {
  return path.startsWith("//") || path === "" ? path.replace(/^\/*/, "/") : path;
}
