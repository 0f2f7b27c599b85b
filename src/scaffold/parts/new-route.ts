import { isForAll, methodsWithBody, type RouteAuth } from "../../manifest/index.ts";
import { keyText, literal, objectLines } from "../fields/literal.ts";
import { laidOut } from "../lay-out.ts";
import type { Files } from "../scaffold-service.ts";
import { type ManifestSource, openManifest } from "../source/manifest-source.ts";
import { type RouteText, sampleParameters, slugOf } from "./route-text.ts";

/** A route, for a function that is there. */
export interface RouteSpec {
  readonly route: RouteText;
  /** The function's key. */
  readonly function: string;
  /** Who may call it, as `service.ts` says it; undefined for whoever may call the function's other routes. */
  readonly auth: RouteAuth | undefined;
}

/** Who may call a function's routes: the same for all of them, or said for each. */
type Auth = RouteAuth | Readonly<Record<RouteText, RouteAuth>>;

/** What `service.ts` says of a function, as far as routes change it. */
interface Routed {
  readonly routes?: readonly RouteText[];
  readonly auth?: Auth;
  readonly example?: { readonly pathParameters?: Readonly<Record<string, string>> };
}

/** What `service.ts` says of the function then. */
export function routedDefinition<Stated extends Routed>(stated: Stated, spec: RouteSpec): Stated {
  const { routes = [], example } = stated;
  const auth = authThen(stated, spec);
  const pathParameters = { ...sampleParameters([spec.route]), ...example?.pathParameters };
  return {
    ...stated,
    routes: [...routes, spec.route],
    ...(auth === undefined ? {} : { auth }),
    ...(Object.keys(pathParameters).length === 0
      ? {}
      : { example: { ...example, pathParameters } }),
  };
}

/**
 * `service.ts` with one route more.
 *
 * @param stated what it says of the function now
 * @throws {TypeError} where that stands in no object that can be edited
 */
export function withRoute(source: string, stated: Routed, spec: RouteSpec): string {
  const manifest = openManifest(source);
  const place = ["functions", spec.function];
  if (manifest.has([...place, "routes"])) {
    manifest.addEntry([...place, "routes"], literal(spec.route));
  } else manifest.add(place, `routes: ${literal([spec.route])}`);
  const auth = authThen(stated, spec);
  if (auth !== undefined && auth !== stated.auth) putAuth(manifest, place, stated, spec, auth);
  const there = stated.example?.pathParameters ?? {};
  const added = Object.entries(sampleParameters([spec.route])).filter(([name]) => !(name in there));
  if (added.length > 0) putExample(manifest, [...place, "example"], added);
  return manifest.text();
}

function putAuth(
  manifest: ManifestSource,
  place: readonly string[],
  stated: Routed,
  spec: RouteSpec,
  auth: Auth,
): void {
  if (stated.auth !== undefined && !isForAll(stated.auth)) {
    manifest.add([...place, "auth"], `${keyText(spec.route)}: ${literal(spec.auth)}`);
    return;
  }
  const text = isForAll(auth) ? literal(auth) : `{\n${objectLines(auth, "  ")}\n}`;
  if (manifest.has([...place, "auth"])) manifest.set([...place, "auth"], text);
  else manifest.add(place, `auth: ${text}`);
}

function putExample(
  manifest: ManifestSource,
  example: readonly string[],
  added: readonly (readonly [string, string])[],
): void {
  const properties = added.map(([name, value]) => `${keyText(name)}: ${literal(value)}`);
  const parameters = `pathParameters: { ${properties.join(", ")} }`;
  if (manifest.has([...example, "pathParameters"])) {
    manifest.add([...example, "pathParameters"], ...properties);
  } else if (manifest.has(example)) manifest.add(example, parameters);
  else manifest.add(example.slice(0, -1), `example: { ${parameters} }`);
}

/** One for all routes where it is the same for all; else one for each. */
function authThen(
  { routes = [], auth }: Routed,
  { route, auth: own }: RouteSpec,
): Auth | undefined {
  if (own === undefined || JSON.stringify(own) === JSON.stringify(auth)) return auth;
  if (auth === undefined) return own;
  const others = isForAll(auth) ? Object.fromEntries(routes.map((one) => [one, auth])) : auth;
  return { ...others, [route]: own };
}

/** A test of it, by its path from the service's folder. */
export function routeFiles({ route, function: key }: RouteSpec): Files {
  const [method = "", template = ""] = route.split(" ");
  const path = template.replace(/\{[^}]+\}/g, "1");
  const hasBody = methodsWithBody.includes(method);
  const text = `import { fileURLToPath } from "node:url";
import { startLocalService } from "lambdakit/testing";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("../..", import.meta.url));

it("${route} is answered by ${key}", async () => {
  const served = await startLocalService(folder);
  try {
    const headers = {
      "Content-Type": "application/json",
      Authorization: \`Bearer \${await served.token()}\`,
    };
    const request = { method: "${method}", headers${hasBody ? ', body: "{}"' : ""} };
    const { status } = await fetch(\`\${served.url}${path}\`, request);
    // Neither a fault, nor what API Gateway says where there is no such route.
    expect([403, 500, 502, 504]).not.toContain(status);
    expect(served.refusals).toEqual([]);
  } finally {
    await served.stop();
  }
}, 60_000);
`;
  return new Map([[`tests/integration/${slugOf(route)}.test.ts`, laidOut(text)]]);
}
