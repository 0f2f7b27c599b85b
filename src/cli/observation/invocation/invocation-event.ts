import path from "node:path";
import { text } from "node:stream/consumers";
import { LambdakitError, nearest } from "../../../errors/index.ts";
import { routeName } from "../../../names.ts";
import type { LoadedService } from "../../../package/index.ts";
import {
  encodePathParameters,
  type FunctionPlan,
  type RoutePlan,
  routePath,
  type ServicePlan,
} from "../../../plan/index.ts";
import { fileExists, readFolder, readTextFile } from "../../../system/index.ts";
import type { Input, Option } from "../../command.ts";
import { withCaller } from "./event-caller.ts";

/** What a function is invoked with. */
export const eventOptions = {
  event: {
    type: "text",
    placeholder: "NAME",
    description: "example, a route such as 'GET /orders', or a file of events/ without .json",
  },
  payload: { type: "text", placeholder: "FILE", description: "a file with JSON; - for stdin" },
  data: { type: "text", placeholder: "JSON", description: "the event itself; default: {}" },
} as const satisfies Record<string, Option>;

/** Where a service keeps events of its own. */
const eventsFolder = "events";

/**
 * The event that a function is to be given, as JSON.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE where more than one is said; INVOKE_UNKNOWN_EVENT, INVOKE_PAYLOAD_INVALID
 */
export async function eventOf(
  input: Input,
  { directory }: LoadedService,
  plan: ServicePlan,
  lambda: FunctionPlan,
): Promise<string> {
  const given = Object.keys(eventOptions).filter((name) => input.text(name) !== undefined);
  if (given.length > 1) {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: `--${given.join(" and --")} each say what the event is.`,
      fix: `leave out all but --${given[0]}`,
      at: `--${given[1]}`,
    });
  }
  const [event, payload, data] = Object.keys(eventOptions).map((name) => input.text(name));
  if (event !== undefined) return namedEvent(event, directory, plan, lambda);
  if (payload === "-") return json(await text(process.stdin), "stdin");
  if (payload !== undefined) return json(await fileText(payload), payload);
  return json(data ?? "{}", "--data");
}

async function fileText(file: string): Promise<string> {
  if (fileExists(file)) return readTextFile(file);
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `There is no file ${file}.`,
    fix: "give a file with JSON, or - for stdin",
    at: "--payload",
  });
}

async function namedEvent(
  name: string,
  directory: string,
  plan: ServicePlan,
  lambda: FunctionPlan,
): Promise<string> {
  const routes = plan.api.routes.filter((route) => route.function === lambda.key);
  const files = await eventFiles(directory);
  if (files.includes(name)) {
    const file = path.join(directory, eventsFolder, `${name}.json`);
    return json(await readTextFile(file), file);
  }
  const [first] = routes;
  const route = name === "example" ? first : routes.find((one) => routeName(one) === name);
  if (route !== undefined) return JSON.stringify(await routeEvent(route, plan));
  const names = [...(first === undefined ? [] : ["example"]), ...routes.map(routeName), ...files];
  const near = nearest(name, names);
  throw new LambdakitError("INVOKE_UNKNOWN_EVENT", {
    message: `${lambda.key} has no event "${name}". ${names.length === 0 ? `It has no route, and the service no files in ${eventsFolder}/.` : `It has: ${names.join(", ")}.`}`,
    fix: names.length === 0 ? "use --data or --payload" : `write --event '${near ?? names[0]}'`,
    at: "--event",
  });
}

async function eventFiles(directory: string): Promise<string[]> {
  const entries = await readFolder(path.join(directory, eventsFolder));
  return entries.flatMap(({ name }) => (name.endsWith(".json") ? [name.slice(0, -5)] : [])).sort();
}

/** The event that API Gateway makes of a route's example, sent by somebody who may. */
async function routeEvent(route: RoutePlan, plan: ServicePlan): Promise<object> {
  const { proxyEvent } = await import("../../../dev/index.ts");
  const { method, path: resource, example } = route;
  const { accountId, region, api } = plan;
  const body = example.body === null ? null : JSON.stringify(example.body);
  const filled = routePath(resource, example.pathParameters);
  const headers = {
    Accept: "*/*",
    ...(body === null ? {} : { "Content-Type": "application/json" }),
    Host: `local.execute-api.${region}.amazonaws.com`,
    "User-Agent": "lambdakit",
  };
  const event = proxyEvent(
    {
      method,
      path: `/${api.stage}${filled}`,
      query: new URLSearchParams(example.query).toString(),
      rawHeaders: Object.entries(headers).flat(),
      body,
      sourceIp: "127.0.0.1",
    },
    {
      resource,
      path: filled,
      pathParameters: encodePathParameters(resource, example.pathParameters),
    },
    { accountId, region, stage: api.stage },
  );
  return withCaller(event, route, plan);
}

function json(source: string, where: string): string {
  try {
    JSON.parse(source);
    return source;
  } catch (error) {
    throw new LambdakitError("INVOKE_PAYLOAD_INVALID", {
      message: `${where} is not JSON: ${(error as Error).message}`,
      fix: "correct it; a text is JSON in quotes, too",
      at: where,
      cause: error,
    });
  }
}
