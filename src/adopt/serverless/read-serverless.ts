import { resolveIntrinsics } from "../cloudformation/intrinsics.ts";
import { readStatements } from "../cloudformation/statements.ts";
import { readTable, tableTypes } from "../cloudformation/tables.ts";
import { chooseLogLevel } from "../cloudformation/variables.ts";
import { readCors } from "../cors.ts";
import type { HasFile } from "../entry.ts";
import { kebabName } from "../keys.ts";
import type { AdoptedCors, AdoptedService, AdoptedTable } from "../model.ts";
import { typeReason } from "../reasons.ts";
import { chooseArchitecture, chooseRuntime, readInteger, readTags } from "../settings.ts";
import type { Ledger } from "../source/ledger.ts";
import {
  booleanOf,
  childOf,
  type Entry,
  entriesOf,
  itemsOf,
  type Tree,
  textOf,
} from "../source/tree.ts";
import type { StatedCors } from "./events.ts";
import { readFunction } from "./functions.ts";
import { readPlugins } from "./plugins.ts";
import type { Variables } from "./variables/resolve-variables.ts";

/**
 * What Serverless gives a function where the file says nothing.
 * @see https://www.serverless.com/framework/docs/providers/aws/guide/functions (2026-11-27)
 */
const serverlessDefaults = { memoryMb: 1024, timeoutSeconds: 6, architecture: "x86_64" } as const;

/** Whether it is a file of the Serverless Framework. */
export function isServerless(root: Tree): boolean {
  return childOf(root, "provider") !== undefined && childOf(root, "service") !== undefined;
}

/** Reads a file of the Serverless Framework, once its variables have their values. */
export function readServerless(
  variables: Variables,
  written: Tree,
  has: HasFile,
  ledger: Ledger,
): AdoptedService {
  const resolved = variables.resolve(written);
  const root = resolveIntrinsics(resolved, {
    parameters: childOf(resolved, "resources", "Parameters"),
    mappings: childOf(resolved, "resources", "Mappings"),
  });
  const provider = childOf(root, "provider");
  const of = (...keys: string[]) => childOf(provider, ...keys);
  const name = textOf(childOf(root, "service")) ?? textOf(childOf(root, "service", "name"));
  if (name !== undefined) {
    const stated = childOf(root, "service");
    ledger.carry(childOf(root, "service", "name"), stated?.kind === "map" ? undefined : stated);
  }
  ledger.carry(of("name"), of("stage"), of("endpointType"));
  const tables = readResources(root, ledger);
  const shared = ["iamRoleStatements", "iam"].flatMap((key) => {
    const stated = key === "iam" ? of("iam", "role", "statements") : of(key);
    return readStatements(itemsOf(stated), tables, ledger);
  });
  const stated = itemsOf(childOf(root, "functions")).flatMap(entriesOf);
  const functions = stated.map(({ key, value }) =>
    readFunction(key, value, { provider, shared, tables, has, ledger }),
  );
  const everywhere = (key: string) => [of(key), ...stated.map(({ value }) => childOf(value, key))];
  readPlugins(root, ledger);
  return {
    name: name === undefined ? undefined : kebabName(name),
    prefix: undefined,
    description: undefined,
    runtime: chooseRuntime(everywhere("runtime"), ledger),
    architecture:
      chooseArchitecture(everywhere("architecture"), ledger) ?? serverlessDefaults.architecture,
    memoryMb: readInteger(of("memorySize"), ledger) ?? serverlessDefaults.memoryMb,
    timeoutSeconds: readInteger(of("timeout"), ledger) ?? serverlessDefaults.timeoutSeconds,
    ephemeralStorageMb: readInteger(of("ephemeralStorageSize"), ledger),
    tracing: readTracing(provider, ledger),
    stage: undefined,
    cors: chooseCors(
      readCors(of("httpApi", "cors"), ledger),
      functions.flatMap(({ cors }) => cors),
      ledger,
    ),
    binaryMediaTypes: readMediaTypes(of("apiGateway", "binaryMediaTypes"), ledger),
    region: readRegion(of("region"), ledger),
    logRetentionDays: readInteger(of("logRetentionInDays"), ledger),
    logLevel: chooseLogLevel(
      functions.map(({ logLevel }) => logLevel),
      ledger,
    ),
    jwt: functions.map(({ jwt }) => jwt).find((jwt) => jwt !== undefined),
    tags: {
      ...readTags(entriesOf(of("stackTags")), ledger),
      ...readTags(entriesOf(of("tags")), ledger),
    },
    tables,
    functions: functions.map((one) => one.function),
  };
}

/** The API has one answer for browsers: its own, or that of its first event. */
function chooseCors(
  ofApi: AdoptedCors | undefined,
  ofEvents: readonly StatedCors[],
  ledger: Ledger,
): AdoptedCors | undefined {
  const chosen = ofApi ?? ofEvents[0]?.cors;
  for (const { cors, from } of ofEvents) {
    if (JSON.stringify(cors) === JSON.stringify(chosen)) continue;
    ledger.lose(from, {
      why: "browsers are answered alike on all routes",
      instead: "see that api.cors has all that they need",
    });
  }
  return chosen;
}

/** The tables among a file's own resources. All others are listed. */
function readResources(root: Tree, ledger: Ledger): AdoptedTable[] {
  const resources: Entry[] = itemsOf(childOf(root, "resources")).flatMap((one) => [
    ...entriesOf(childOf(one, "Resources")),
  ]);
  return resources.flatMap(({ key, value }) => {
    const type = textOf(childOf(value, "Type")) ?? "";
    if (tableTypes.some((one) => one === type)) return readTable(key, value, ledger) ?? [];
    ledger.lose(value, typeReason(type), `${key}: ${type || "no type"}`);
    return [];
  });
}

function readRegion(tree: Tree | undefined, ledger: Ledger): string | undefined {
  const region = textOf(tree);
  if (region !== undefined) ledger.carry(tree);
  return region;
}

function readTracing(provider: Tree | undefined, ledger: Ledger): boolean | undefined {
  const stated = childOf(provider, "tracing", "lambda");
  const traces =
    stated === undefined ? undefined : textOf(stated) === "Active" || booleanOf(stated);
  if (traces !== undefined) ledger.carry(stated);
  const ofApi = childOf(provider, "tracing", "apiGateway");
  if (traces !== undefined && booleanOf(ofApi) === traces) ledger.carry(ofApi);
  return traces;
}

function readMediaTypes(tree: Tree | undefined, ledger: Ledger): string[] {
  return itemsOf(tree).flatMap((item) => {
    const type = textOf(item);
    if (type === undefined || !/^[\w.+*-]+\/[\w.+*-]+$/.test(type)) return [];
    ledger.carry(item);
    return [type];
  });
}
