import type { ApiPlan, RoutePlan } from "../../plan/index.ts";

/** A route that a request belongs to, and what its path says. */
export interface Match {
  readonly route: RoutePlan;
  /** As they stand in the path: API Gateway does not decode them. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

export interface Router {
  match(method: string, path: string): Match | undefined;
  /** The path template, such as `/v1.0/products/{productId}`, of whatever method. */
  template(path: string): string | undefined;
}

/**
 * Finds routes as API Gateway does: a literal segment beats a parameter, a parameter beats a greedy
 * one, and a slash at the end does not count.
 */
export function createRouter({ routes }: Pick<ApiPlan, "routes">): Router {
  const templates = [...new Set(routes.map(({ path }) => path))].sort(bySpecificity);
  const find = (path: string) => {
    const segments = segmentsOf(path);
    for (const template of templates) {
      const pathParameters = matchTemplate(segmentsOf(template), segments);
      if (pathParameters !== undefined) return { template, pathParameters };
    }
    return undefined;
  };
  return {
    template: (path) => find(path)?.template,
    match(method, path) {
      const found = find(path);
      const route = routes.find((one) => one.method === method && one.path === found?.template);
      return found && route && { route, pathParameters: found.pathParameters };
    },
  };
}

function segmentsOf(path: string): string[] {
  return path.replace(/^\/+|\/+$/g, "").split("/");
}

function matchTemplate(
  template: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [position, part] of template.entries()) {
    const [, name, greedy] = /^\{(\w+)(\+)?\}$/.exec(part) ?? [];
    const segment = segments[position];
    if (segment === undefined) return undefined;
    if (name === undefined) {
      if (segment !== part) return undefined;
    } else if (segment === "") return undefined;
    else if (greedy) {
      parameters[name] = segments.slice(position).join("/");
      return parameters;
    } else parameters[name] = segment;
  }
  return template.length === segments.length ? parameters : undefined;
}

function bySpecificity(a: string, b: string): number {
  const rank = (part: string) => (part.endsWith("+}") ? 2 : part.startsWith("{") ? 1 : 0);
  const left = segmentsOf(a).map(rank);
  const right = segmentsOf(b).map(rank);
  for (let position = 0; position < Math.min(left.length, right.length); position++) {
    const difference = (left[position] ?? 0) - (right[position] ?? 0);
    if (difference !== 0) return difference;
  }
  return right.length - left.length;
}
