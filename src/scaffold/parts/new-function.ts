import { pathParametersOf, type RouteAuth } from "../../manifest/index.ts";
import { literal } from "../fields/literal.ts";
import { laidOut } from "../lay-out.ts";
import type { Files } from "../scaffold-service.ts";
import { openManifest } from "../source/manifest-source.ts";
import { wordsOf } from "../words.ts";
import { type RouteText, sampleParameters } from "./route-text.ts";

/** What a new function is to be. */
export interface FunctionSpec {
  /** In kebab-case, such as `send-receipt`. */
  readonly name: string;
  readonly description: string;
  /** Without any, it is invoked directly. */
  readonly routes: readonly RouteText[];
  /** Who may call its routes, as `service.ts` says it; nothing without routes. */
  readonly auth: RouteAuth | undefined;
}

/** Its key in `service.ts`. */
export function functionKey({ name }: FunctionSpec): string {
  return wordsOf(name).camel;
}

/** What `service.ts` says of it. */
export function functionDefinition({ name, description, routes, auth }: FunctionSpec) {
  const pathParameters = sampleParameters(routes);
  return {
    description,
    entry: handlerFile(name),
    ...(routes.length === 0 ? {} : { routes, auth }),
    ...(Object.keys(pathParameters).length === 0 ? {} : { example: { pathParameters } }),
  };
}

/**
 * `service.ts` with one function more, behind the others.
 *
 * @throws {TypeError} where its functions stand in no object that can be edited
 */
export function withFunction(source: string, spec: FunctionSpec): string {
  const manifest = openManifest(source);
  manifest.addInto("functions", functionText(spec));
  return manifest.text();
}

/** How it is written into `service.ts`, from column 0 on. */
export function functionText(spec: FunctionSpec): string {
  const properties = Object.entries(functionDefinition(spec)).map(([key, value]) => {
    const line = `${key}: ${literal(value)},`;
    const isLong = line.length > widestLine && Array.isArray(value);
    return isLong
      ? `${key}: [\n${value.map((one) => `    ${literal(one)},\n`).join("")}  ],`
      : line;
  });
  return `${functionKey(spec)}: {\n${properties.map((one) => `  ${one}\n`).join("")}}`;
}

/** Of 100 columns, what is left in a function of a manifest. */
const widestLine = 94;

/** Its handler and its test, by their paths from the service's folder. */
export function functionFiles(spec: FunctionSpec): Files {
  const { name, routes } = spec;
  const isDirect = routes.length === 0;
  return new Map([
    [handlerFile(name), laidOut(isDirect ? directHandler : routeHandler(routes))],
    [testFile(spec), laidOut(isDirect ? directTest(name) : routeTest(spec))],
  ]);
}

function testFile({ name, routes }: FunctionSpec): string {
  return `tests/${routes.length === 0 ? "unit" : "integration"}/${name}.test.ts`;
}

function handlerFile(name: string): string {
  return `src/handlers/${name}.ts`;
}

const directHandler = `/** Invoked directly: by a schedule, by another function, or by lambdakit invoke. */
export async function handler(event: unknown) {
  return { received: event };
}
`;

function directTest(name: string): string {
  return `import { expect, it } from "vitest";
import { handler } from "../../src/handlers/${name}.ts";

it("gives back what it receives", async () => {
  expect(await handler({ some: "event" })).toEqual({ received: { some: "event" } });
});
`;
}

function routeHandler(routes: readonly RouteText[]): string {
  const answers = sharedParameters(routes).map((one) => `${one}: request.pathParameter("${one}")`);
  const body = answers.length === 0 ? "{ ok: true }" : `{ ${answers.join(", ")} }`;
  const request = answers.length === 0 ? "" : "request";
  return `import { httpHandler, ok } from "lambdakit/runtime";

/** ${routes.join(", ")} */
export const handler = httpHandler(async (${request}) => {
  return ok(${body});
});
`;
}

function routeTest({ name, routes }: FunctionSpec): string {
  const shared = sharedParameters(routes).map((one) => `${one}: "1"`);
  const answer = shared.length === 0 ? "{ ok: true }" : `{ ${shared.join(", ")} }`;
  const tests = routes.map((route) => {
    const pathParameters = sampleParameters([route]);
    const isWithout = Object.keys(pathParameters).length === 0;
    const call = isWithout ? { route } : { route, pathParameters };
    return `it("answers ${route}", async () => {
  const { status, body } = await callHandler(handler, ${literal(call)});
  expect([status, body]).toEqual([200, ${answer}]);
});
`;
  });
  return `import { callHandler, createTables, type TestTables } from "lambdakit/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import service from "../../service.ts";
import { handler } from "../../src/handlers/${name}.ts";

let tables: TestTables;
beforeAll(async () => {
  tables = await createTables(service);
  for (const [name, value] of Object.entries(tables.variables)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await tables.remove();
});

${tests.join("\n")}`;
}

/** Those that each of its routes has. */
function sharedParameters(routes: readonly RouteText[]): string[] {
  const [first = [], ...others] = routes.map(pathParametersOf);
  return first.filter((one) => others.every((names) => names.includes(one)));
}
