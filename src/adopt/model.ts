import type { RouteAuth, TableAction } from "../manifest/index.ts";
import type { Tree } from "./source/tree.ts";

/** What a SAM or Serverless file has come to, before it is a manifest. Nothing in it is a default of ours. */
export interface AdoptedService {
  readonly name: string | undefined;
  readonly prefix: string | undefined;
  readonly description: string | undefined;
  readonly runtime: string | undefined;
  readonly architecture: string | undefined;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly ephemeralStorageMb: number | undefined;
  readonly tracing: boolean | undefined;
  readonly stage: string | undefined;
  readonly cors: AdoptedCors | undefined;
  readonly binaryMediaTypes: readonly string[];
  readonly region: string | undefined;
  readonly logRetentionDays: number | undefined;
  readonly logLevel: string | undefined;
  readonly jwt: AdoptedJwt | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly tables: readonly AdoptedTable[];
  readonly functions: readonly AdoptedFunction[];
}

export interface AdoptedCors {
  readonly allowOrigins: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAgeSeconds?: number;
}

export interface AdoptedJwt {
  readonly issuer: string;
  readonly audience: readonly string[];
}

export interface AdoptedKey {
  readonly name: string;
  readonly type: "S" | "N" | "B";
}

export interface AdoptedIndex {
  readonly name: string;
  readonly partitionKey: AdoptedKey;
  readonly sortKey?: AdoptedKey;
}

export interface AdoptedTable {
  /** What the template calls it: others refer to it by that. */
  readonly id: string;
  readonly key: string;
  /** As the source has it; undefined where AWS makes one up. */
  readonly name: string | undefined;
  readonly partitionKey: AdoptedKey;
  readonly sortKey?: AdoptedKey;
  readonly timeToLiveAttribute?: string;
  readonly indexes: readonly AdoptedIndex[];
}

export interface AdoptedRoute {
  readonly method: string;
  readonly path: string;
  /** Undefined where only a human can say: never open because it was not understood. */
  readonly auth: RouteAuth | undefined;
}

export interface AdoptedGrant {
  /** The table's id. */
  readonly table: string;
  readonly allow: readonly TableAction[];
  readonly index?: string;
  readonly partitionKeys?: readonly string[];
}

export interface AdoptedFunction {
  readonly key: string;
  readonly description: string;
  /** Relative to the source's folder. */
  readonly entry: string;
  readonly memoryMb: number | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly reservedConcurrency: number | undefined;
  readonly ephemeralStorageMb: number | undefined;
  readonly routes: readonly AdoptedRoute[];
  readonly grants: readonly AdoptedGrant[];
  /** Names of variables that have a table's name, by the table's id, with the place that says so. */
  readonly tableVariables: ReadonlyMap<string, { readonly name: string; readonly from: Tree }>;
}
