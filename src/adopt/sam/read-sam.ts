import { resolveIntrinsics } from "../cloudformation/intrinsics.ts";
import { readTable, tableTypes } from "../cloudformation/tables.ts";
import { chooseLogLevel } from "../cloudformation/variables.ts";
import { readCors } from "../cors.ts";
import type { HasFile } from "../entry.ts";
import type { AdoptedService } from "../model.ts";
import { typeReason } from "../reasons.ts";
import { chooseArchitecture, chooseRuntime, readInteger, readTags } from "../settings.ts";
import type { Ledger } from "../source/ledger.ts";
import { childOf, entriesOf, itemsOf, piecesOf, type Tree, textOf } from "../source/tree.ts";
import { readFunction } from "./functions.ts";

const functionType = "AWS::Serverless::Function";
const apiTypes = { Api: "AWS::Serverless::Api", HttpApi: "AWS::Serverless::HttpApi" } as const;

/**
 * What Lambda takes where a template says nothing.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html (2026-11-27)
 */
const lambdaDefaults = { memoryMb: 128, timeoutSeconds: 3, architecture: "x86_64" } as const;

/** Whether it is a template of AWS SAM, or of CloudFormation, which SAM's is one of. */
export function isTemplate(root: Tree): boolean {
  return entriesOf(childOf(root, "Resources")).some(({ value }) =>
    textOf(childOf(value, "Type"))?.includes("::"),
  );
}

/** Reads a template of AWS SAM. */
export function readSam(written: Tree, has: HasFile, ledger: Ledger): AdoptedService {
  const root = resolveIntrinsics(written, {
    parameters: childOf(written, "Parameters"),
    mappings: childOf(written, "Mappings"),
  });
  ledger.carry(childOf(root, "AWSTemplateFormatVersion"), childOf(root, "Transform"));
  ledger.carry(childOf(root, "Description"));
  const resources = entriesOf(childOf(root, "Resources"));
  const typeOf = (tree: Tree) => textOf(childOf(tree, "Type")) ?? "";
  const ofTypes = (...types: readonly string[]) =>
    resources.filter(({ value }) => types.includes(typeOf(value)));

  const tables = ofTypes(...tableTypes).flatMap(
    ({ key, value }) => readTable(key, value, ledger) ?? [],
  );
  const apis = ofTypes(apiTypes.Api, apiTypes.HttpApi);
  const globals = childOf(root, "Globals", "Function");
  const authOf = (event: Tree, type: string) => {
    const properties = childOf(event, "Properties");
    const named = childOf(properties, "RestApiId") ?? childOf(properties, "ApiId");
    const [piece] = named?.kind === "scalar" ? piecesOf(named) : [];
    const id = typeof piece === "object" && "refers" in piece ? piece.refers : undefined;
    const api = apis.find(({ key }) => key === id)?.value;
    return childOf(api, "Properties", "Auth") ?? childOf(root, "Globals", type, "Auth");
  };
  const functions = ofTypes(functionType).map(({ key, value }) =>
    readFunction(key, value, { globals, tables, authOf, has, ledger }),
  );
  const properties = ofTypes(functionType).map(({ value }) => childOf(value, "Properties"));
  const everywhere = (key: string) => [globals, ...properties].map((one) => childOf(one, key));
  const tracing = readTracing(everywhere("Tracing"), ledger);
  const api = readApi(root, apis, ledger);
  for (const { key, value } of resources) {
    const type = typeOf(value);
    const isRead = [functionType, ...Object.values(apiTypes), ...tableTypes].some(
      (one) => one === type,
    );
    if (!isRead) ledger.lose(value, typeReason(type), `${key}: ${type || "no type"}`);
  }
  return {
    name: undefined,
    prefix: undefined,
    description: textOf(childOf(root, "Description"))?.replace(/\s+/g, " ").trim(),
    runtime: chooseRuntime(everywhere("Runtime"), ledger),
    architecture:
      chooseArchitecture(everywhere("Architectures"), ledger) ?? lambdaDefaults.architecture,
    memoryMb: readInteger(childOf(globals, "MemorySize"), ledger) ?? lambdaDefaults.memoryMb,
    timeoutSeconds:
      readInteger(childOf(globals, "Timeout"), ledger) ?? lambdaDefaults.timeoutSeconds,
    ephemeralStorageMb: readInteger(childOf(globals, "EphemeralStorage", "Size"), ledger),
    tracing,
    ...api,
    region: undefined,
    logRetentionDays: undefined,
    logLevel: chooseLogLevel(
      functions.map(({ logLevel }) => logLevel),
      ledger,
    ),
    jwt: functions.map(({ jwt }) => jwt).find((jwt) => jwt !== undefined),
    tags: readTags(entriesOf(childOf(globals, "Tags")), ledger),
    tables,
    functions: functions.map((one) => one.function),
  };
}

function readTracing(stated: readonly (Tree | undefined)[], ledger: Ledger): boolean | undefined {
  const trees = stated.filter((tree) => tree !== undefined);
  const isActive = trees.some((tree) => textOf(tree) === "Active");
  for (const tree of trees) {
    if ((textOf(tree) === "Active") === isActive) ledger.carry(tree);
    else {
      const why = "all functions of a service are traced, or none";
      ledger.lose(tree, { why, instead: "see tracing in service.ts" });
    }
  }
  return trees.length === 0 ? undefined : isActive;
}

/** A service has one API: the first, or what Globals say of the one that SAM makes by itself. */
function readApi(
  root: Tree,
  apis: readonly { readonly key: string; readonly value: Tree }[],
  ledger: Ledger,
): Pick<AdoptedService, "stage" | "cors" | "binaryMediaTypes"> {
  const [first, ...others] = apis;
  for (const { key, value } of others) {
    ledger.lose(
      value,
      { why: "a service has one API", instead: "its routes are there; see whether its paths are" },
      `${key}: ${textOf(childOf(value, "Type"))}`,
    );
  }
  const properties = childOf(first?.value, "Properties");
  ledger.carry(childOf(first?.value, "Type"));
  const isHttp = textOf(childOf(first?.value, "Type")) === apiTypes.HttpApi;
  const globals = isHttp || apis.length === 0 ? ["HttpApi", "Api"] : ["Api", "HttpApi"];
  const of = (key: string) =>
    [properties, ...globals.map((one) => childOf(root, "Globals", one))]
      .map((one) => childOf(one, key))
      .find((one) => one !== undefined);
  const stageTree = of("StageName");
  const stage = textOf(stageTree);
  const isStage = stage !== undefined && /^[\w-]{1,128}$/.test(stage);
  if (isStage) ledger.carry(stageTree);
  else if (stageTree !== undefined) {
    ledger.lose(stageTree, {
      why: "a service's stage is the same in all environments, which are accounts",
      instead: "callers find it at /v1; write api.stage if it has to be another",
    });
  }
  const traced = of("TracingEnabled");
  if (textOf(traced) === "true") ledger.carry(traced);
  const media = itemsOf(of("BinaryMediaTypes")).flatMap((item) => {
    const type = textOf(item)?.replace("~1", "/");
    if (type === undefined || !/^[\w.+*-]+\/[\w.+*-]+$/.test(type)) return [];
    ledger.carry(item);
    return [type];
  });
  return {
    stage: isStage ? stage : undefined,
    cors: readCors(of("Cors") ?? of("CorsConfiguration"), ledger),
    binaryMediaTypes: media,
  };
}
