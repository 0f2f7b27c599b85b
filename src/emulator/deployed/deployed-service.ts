import type { TablePlan } from "../../plan/index.ts";
import type { Account } from "./account.ts";
import { type DeployedApi, readApi } from "./deployed-api.ts";
import { type DeployedFunction, readFunction } from "./deployed-function.ts";
import { readTables } from "./deployed-tables.ts";

/** A service as it is deployed in one account: nothing here was planned, all of it was read. */
export interface DeployedService extends DeployedApi {
  readonly accountId: string;
  readonly region: string;
  /** By the ARN that the routes, and the authorizer, call. */
  readonly functions: ReadonlyMap<string, DeployedFunction>;
  readonly tables: readonly TablePlan[];
}

/**
 * Starts where callers do, at the URL, and follows what it finds there.
 *
 * @param url as `lambdakit deploy` prints it
 */
export async function readDeployed(
  account: Account,
  url: string,
  artifactBucket: string,
): Promise<DeployedService> {
  const { accountId, region } = account;
  const deployed = await readApi(account, url);
  const { api, authorizer } = deployed;
  const asked = authorizer === null ? [] : [authorizer.aliasArn];
  const called = [...new Set([...api.routes.map((route) => route.function), ...asked])];
  const functions = await Promise.all(
    called.map(async (arn) => [arn, await readFunction(account, arn, artifactBucket)] as const),
  );
  const tables = await readTables(account);
  return { ...deployed, accountId, region, functions: new Map(functions), tables };
}
