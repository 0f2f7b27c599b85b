import { readVariables } from "../cloudformation/variables.ts";
import { type HasFile, readEntry } from "../entry.ts";
import { routeReason, routesOf } from "../http.ts";
import { camelCase } from "../keys.ts";
import type { AdoptedFunction, AdoptedJwt, AdoptedRoute, AdoptedTable } from "../model.ts";
import { eventReason } from "../reasons.ts";
import { readInteger } from "../settings.ts";
import type { Ledger } from "../source/ledger.ts";
import { childOf, entriesOf, type Tree, textOf } from "../source/tree.ts";
import { readAuth } from "./api.ts";
import { readPolicies } from "./policies.ts";

/** What a function's template has around it. */
export interface Surroundings {
  /** `Globals.Function` */
  readonly globals: Tree | undefined;
  readonly tables: readonly AdoptedTable[];
  /** `Auth` of the API that an event names. */
  authOf(event: Tree, type: string): Tree | undefined;
  readonly has: HasFile;
  readonly ledger: Ledger;
}

export interface SamFunction {
  readonly function: AdoptedFunction;
  readonly jwt: AdoptedJwt | undefined;
  readonly logLevel: Tree | undefined;
}

/** @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html (2026-11-27) */
export function readFunction(id: string, resource: Tree, around: Surroundings): SamFunction {
  const { globals, tables, ledger, has } = around;
  const properties = childOf(resource, "Properties");
  const own = (...keys: string[]) => childOf(properties, ...keys);
  const inherited = (key: string) => own(key) ?? childOf(globals, key);
  ledger.carry(childOf(resource, "Type"));
  const key = camelCase(id.replace(/(?:Lambda)?Function$|Lambda$/, "") || id);
  const variables = readVariables(
    withInherited(own("Environment", "Variables"), childOf(globals, "Environment", "Variables")),
    tables,
    ledger,
  );
  const description = textOf(own("Description"));
  if (description !== undefined) ledger.carry(own("Description"));
  const routes = entriesOf(own("Events")).flatMap(({ key: name, value }) =>
    readEvent(name, value, around),
  );
  return {
    function: {
      key,
      description: description?.replace(/\s+/g, " ").trim() || id,
      entry: readEntry(
        {
          handler: inherited("Handler"),
          folder: inherited("CodeUri"),
          runtime: textOf(inherited("Runtime")),
          key,
        },
        has,
        ledger,
      ),
      memoryMb: readInteger(own("MemorySize"), ledger),
      timeoutSeconds: readInteger(own("Timeout"), ledger),
      reservedConcurrency: readInteger(own("ReservedConcurrentExecutions"), ledger),
      ephemeralStorageMb: readInteger(own("EphemeralStorage", "Size"), ledger),
      routes: routes.flatMap((one) => one.routes),
      grants: readPolicies(own("Policies"), tables, ledger),
      tableVariables: variables.tables,
    },
    jwt: routes.map(({ jwt }) => jwt).find((jwt) => jwt !== undefined),
    logLevel: variables.logLevel,
  };
}

function withInherited(own: Tree | undefined, globals: Tree | undefined) {
  const mine = entriesOf(own);
  const names = new Set(mine.map(({ key }) => key));
  return [...mine, ...entriesOf(globals).filter(({ key }) => !names.has(key))];
}

interface EventRoutes {
  readonly routes: readonly AdoptedRoute[];
  readonly jwt: AdoptedJwt | undefined;
}

const none: EventRoutes = { routes: [], jwt: undefined };

function readEvent(name: string, event: Tree, { authOf, ledger }: Surroundings): EventRoutes {
  const type = textOf(childOf(event, "Type")) ?? "(unknown)";
  if (type !== "Api" && type !== "HttpApi") {
    ledger.lose(event, eventReason(type), `event ${name}: ${type}`);
    return none;
  }
  const of = (key: string) => childOf(event, "Properties", key);
  const isCatchAll = type === "HttpApi" && of("Path") === undefined;
  const path = isCatchAll ? "$default" : textOf(of("Path"));
  const method = isCatchAll ? "ANY" : textOf(of("Method"));
  const stated = `${method ?? "(unknown)"} ${path ?? "(unknown)"}`;
  const { auth, jwt } = readAuth(of("Auth"), authOf(event, type), ledger);
  const routes =
    method === undefined || path === undefined ? undefined : routesOf(method, path, auth);
  if (routes === undefined) {
    ledger.lose(event, routeReason(method ?? ""), `event ${name}: ${stated}`);
    return none;
  }
  ledger.carry(childOf(event, "Type"), of("Path"), of("Method"), of("RestApiId"), of("ApiId"));
  const version = of("PayloadFormatVersion");
  if (type === "HttpApi") {
    ledger.lose(
      version ?? childOf(event, "Type") ?? event,
      {
        why: "the API is a REST API: events are of payload version 1.0",
        instead: "read event.httpMethod and event.path, or use httpHandler of lambdakit/runtime",
      },
      `event ${name}: payload version ${textOf(version) ?? "2.0"}`,
    );
  }
  return { routes, jwt };
}
