import { type EnvironmentName, pathParametersOf } from "../../manifest/index.ts";
import { routeName, tableVariable } from "../../names.ts";
import type {
  AdoptedFunction,
  AdoptedKey,
  AdoptedRoute,
  AdoptedService,
  AdoptedTable,
} from "../model.ts";

/** What the source does not say: who has the service, and where. */
export interface Site {
  readonly name: string | undefined;
  readonly prefix: string | undefined;
  readonly accounts: Readonly<Partial<Record<EnvironmentName, string>>>;
  readonly regions: Readonly<Partial<Record<EnvironmentName, string>>>;
}

/** A manifest's definition as plain data: what is not known is left out, and found missing. */
export type Definition = Readonly<Record<string, unknown>>;

/** What an environment is where the source knows no three: quiet, and harder to change, towards production. */
const environments = {
  dev: { logLevel: "DEBUG", logRetentionDays: 7, approval: "none" },
  sit: { logLevel: "INFO", logRetentionDays: 14, approval: "confirm" },
  prod: { logLevel: "INFO", logRetentionDays: 30, approval: "confirm-and-reason" },
} as const;

/** @param variables which environment variable has a table's name, by the table's id */
export function definitionOf(
  service: AdoptedService,
  variables: ReadonlyMap<string, string>,
  site: Site,
): Definition {
  const { tables, functions, cors } = service;
  const keyOf = (id: string) => tables.find((table) => table.id === id)?.key ?? id;
  const name = site.name ?? service.name;
  return withoutUndefined({
    name,
    prefix: site.prefix ?? service.prefix,
    description: service.description || (name === undefined ? undefined : `The service ${name}`),
    runtime: service.runtime,
    architecture: service.architecture,
    memoryMb: service.memoryMb,
    timeoutSeconds: service.timeoutSeconds,
    ephemeralStorageMb: service.ephemeralStorageMb,
    tracing: service.tracing,
    api: withoutUndefined({
      stage: service.stage,
      binaryMediaTypes: service.binaryMediaTypes.length > 0 ? service.binaryMediaTypes : undefined,
      cors: { ...cors },
    }),
    tables: tables.length === 0 ? undefined : byKey(tables, (one) => tableOf(one, variables)),
    functions: byKey(functions, (one) => functionOf(one, keyOf)),
    tags: Object.keys(service.tags).length === 0 ? undefined : service.tags,
    environments: environmentsOf(service, site),
  });
}

function byKey<One extends { readonly key: string }>(
  all: readonly One[],
  made: (one: One) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(all.map((one) => [one.key, made(one)]));
}

function tableOf(table: AdoptedTable, variables: ReadonlyMap<string, string>) {
  const variable = variables.get(table.id);
  return withoutUndefined({
    name: table.name,
    variable: variable === tableVariable(table.key) ? undefined : variable,
    ...keysOf(table),
    timeToLiveAttribute: table.timeToLiveAttribute,
    indexes:
      table.indexes.length === 0
        ? undefined
        : Object.fromEntries(table.indexes.map((index) => [index.name, keysOf(index)])),
  });
}

function keysOf(of: { readonly partitionKey: AdoptedKey; readonly sortKey?: AdoptedKey }) {
  const written = ({ name, type }: AdoptedKey) => (type === "S" ? name : { name, type });
  return {
    partitionKey: written(of.partitionKey),
    ...(of.sortKey === undefined ? {} : { sortKey: written(of.sortKey) }),
  };
}

function functionOf(one: AdoptedFunction, keyOf: (id: string) => string) {
  const tables: Record<string, unknown[]> = {};
  for (const { table, ...grant } of merged(one.grants)) {
    const key = keyOf(table);
    tables[key] = [...(tables[key] ?? []), grant];
  }
  return withoutUndefined({
    description: one.description.slice(0, 256),
    entry: one.entry,
    memoryMb: one.memoryMb,
    timeoutSeconds: one.timeoutSeconds,
    reservedConcurrency: one.reservedConcurrency,
    ephemeralStorageMb: one.ephemeralStorageMb,
    routes: one.routes.length === 0 ? undefined : one.routes.map(routeName),
    auth: authOf(one.routes),
    example: exampleOf(one.routes),
    tables: Object.keys(tables).length === 0 ? undefined : tables,
  });
}

/** Statements that say the same of a table are one grant. */
function merged(grants: AdoptedFunction["grants"]): AdoptedFunction["grants"] {
  const all = new Map<string, AdoptedFunction["grants"][number]>();
  for (const grant of grants) {
    const { allow, ...rest } = grant;
    const same = JSON.stringify(rest);
    const before = all.get(same);
    const known = before === undefined ? allow : [...before.allow, ...allow];
    all.set(same, { ...grant, allow: [...new Set(known)] });
  }
  return [...all.values()];
}

/** A value for each path parameter: a manifest wants one, and no source has it. */
function exampleOf(routes: readonly AdoptedRoute[]) {
  const names = routes.flatMap(({ path }) => pathParametersOf(path));
  if (names.length === 0) return undefined;
  return { pathParameters: Object.fromEntries(names.map((name) => [name, "example"])) };
}

/** One answer where all routes have the same; those that only a human can say are left out. */
function authOf(routes: readonly AdoptedRoute[]): unknown {
  const [first, ...others] = routes.map(({ auth }) => JSON.stringify(auth));
  if (routes.length === 0) return undefined;
  if (others.every((one) => one === first)) return routes[0]?.auth;
  const known = routes.filter(({ auth }) => auth !== undefined);
  return Object.fromEntries(known.map((route) => [routeName(route), route.auth]));
}

function environmentsOf(service: AdoptedService, { accounts, regions }: Site) {
  const each = (Object.keys(environments) as EnvironmentName[]).map((name) => {
    const { logLevel, logRetentionDays, approval } = environments[name];
    return [
      name,
      withoutUndefined({
        accountId: accounts[name],
        region: regions[name] ?? service.region,
        logLevel: service.logLevel ?? logLevel,
        logRetentionDays: service.logRetentionDays ?? logRetentionDays,
        approval,
        jwt: service.jwt,
      }),
    ] as const;
  });
  return Object.fromEntries(each);
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
