import type { ApiPlan, RoutePlan } from "../../plan/index.ts";

/** A path template that a request's path fits, and what the path says. */
export interface Match {
  /** Such as `/v1.0/products/{productId}`. */
  readonly template: string;
  /** By method. */
  readonly routes: ReadonlyMap<string, RoutePlan>;
  /** As they stand in the path: API Gateway does not decode them. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

export interface Router {
  match(path: string): Match | undefined;
}

/** A path template, prepared once for all requests. */
interface Resource {
  readonly template: string;
  readonly routes: Map<string, RoutePlan>;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

const none = Object.freeze({});

/**
 * Finds routes as API Gateway does: a literal segment beats a parameter, a parameter beats a greedy
 * one, and a slash at the end does not count.
 */
export function createRouter({ routes }: Pick<ApiPlan, "routes">): Router {
  const resources = new Map<string, Resource>();
  for (const route of routes) {
    const resource = resources.get(route.path) ?? prepare(route.path);
    resources.set(route.path, resource);
    resource.routes.set(route.method, route);
  }
  const sorted = [...resources.values()].sort((a, b) => bySpecificity(a.template, b.template));
  const literal = new Map(
    sorted
      .filter(({ names }) => names.length === 0)
      .map(({ template, routes }) => [
        trimmed(template),
        { template, routes, pathParameters: none },
      ]),
  );
  const variable = sorted.filter(({ names }) => names.length > 0);
  return {
    match(path) {
      // `OPTIONS *` asks of the server, and of no path.
      if (!path.startsWith("/")) return undefined;
      const wanted = trimmed(path);
      const exact = literal.get(wanted);
      if (exact !== undefined) return exact;
      for (const { template, routes, pattern, names } of variable) {
        const found = pattern.exec(wanted);
        if (found !== null) {
          const values = names.map((name, position) => [name, found[position + 1]]);
          return { template, routes, pathParameters: Object.fromEntries(values) };
        }
      }
      return undefined;
    },
  };
}

const parameter = /^\{(\w+)(\+?)\}$/;

function prepare(template: string): Resource {
  const names: string[] = [];
  const segments = trimmed(template)
    .split("/")
    .map((segment) => {
      const [, name, greedy] = parameter.exec(segment) ?? [];
      if (name === undefined) return segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      names.push(name);
      return greedy ? "([^/].*)" : "([^/]+)";
    });
  return { template, routes: new Map(), pattern: new RegExp(`^${segments.join("/")}$`), names };
}

/** Without the slashes at both ends. */
function trimmed(path: string): string {
  let start = 0;
  let end = path.length;
  while (path[start] === "/") start++;
  while (end > start && path[end - 1] === "/") end--;
  return path.slice(start, end);
}

function bySpecificity(a: string, b: string): number {
  const left = trimmed(a).split("/").map(rank);
  const right = trimmed(b).split("/").map(rank);
  for (let position = 0; position < Math.min(left.length, right.length); position++) {
    const difference = (left[position] ?? 0) - (right[position] ?? 0);
    if (difference !== 0) return difference;
  }
  return right.length - left.length;
}

function rank(segment: string): number {
  const [, name, greedy] = parameter.exec(segment) ?? [];
  if (name === undefined) return 0;
  return greedy ? 2 : 1;
}
