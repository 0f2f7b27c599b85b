import { routeName } from "../../names.ts";
import type { RoutePlan } from "../../plan/index.ts";
import { exampleRequest } from "./example-request.ts";
import { isSafe, type Probe } from "./probe.ts";

/** A caller who must not get in, and what API Gateway answers. */
interface Stranger {
  readonly slug: string;
  readonly words: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** In the form of a token, and signed by nobody: every authorizer has to read it, and none may believe it. */
const forged = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ2ZXJpZnkifQ.";

const strangers: Readonly<Record<"jwt" | "iam", readonly Stranger[]>> = {
  jwt: [
    { slug: "none", words: "a request without a token", status: 401, headers: {} },
    {
      slug: "forged",
      words: "a token that nobody has signed",
      status: 401,
      headers: { Authorization: `Bearer ${forged}` },
    },
  ],
  iam: [{ slug: "none", words: "a request that nobody has signed", status: 403, headers: {} }],
};

/** No item's id: what gets in all the same finds nothing. */
const nobodysItem = "lambdakit-verify";

/** Not even the beginning of an object. */
const brokenJson = "{";

/**
 * Requests of callers who must not get in. Were they let in, they would be refused for another reason: they are
 * about no item, and their bodies are no JSON. Of a route that has neither, nothing is sent that could change anything.
 */
export function callerRefusals(route: RoutePlan): Probe[] {
  const { auth, path, example } = route;
  const isHarmless = isSafe(route) || path.includes("{") || example.body !== null;
  if (auth.type === "none" || !isHarmless) return [];
  const names = Object.keys(example.pathParameters);
  const request = exampleRequest(route, {
    ...(isSafe(route)
      ? {}
      : { pathParameters: Object.fromEntries(names.map((name) => [name, nobodysItem])) }),
    body: example.body === null ? null : brokenJson,
  });
  return strangers[auth.type].map(
    ({ slug, words, status, headers }): Probe => ({
      id: `${routeName(route)} caller.${slug}`,
      what: `refuses ${words}, with ${status}`,
      route: routeName(route),
      operation: route,
      request: { ...request, headers: { ...request.headers, ...headers }, wantsToken: false },
      statuses: [status],
      names: [],
      isForeign: false,
    }),
  );
}
