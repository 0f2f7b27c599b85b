import { createRouter, type Router } from "../../dev/index.ts";
import type { ApiPlan, AuthorizerPlan } from "../../plan/index.ts";
import type { Account } from "../deployed/account.ts";
import { type DeployedAuthorizer, readApi } from "../deployed/deployed-api.ts";
import { readPermissions } from "../deployed/deployed-function.ts";
import { mayAuthorize, mayInvoke } from "../deployed/may-invoke.ts";

/** The API that a stage shows, ready to be asked. */
export interface LiveApi {
  readonly api: ApiPlan;
  readonly deploymentId: string;
  /** Where the API may not call a function, the route has none. */
  readonly router: Router;
  /** Where the API may not call it, its alias is empty. */
  readonly authorizer: DeployedAuthorizer | null;
}

/** @param url as `lambdakit deploy` prints it */
export async function readLiveApi(account: Account, url: string): Promise<LiveApi> {
  const { accountId, region } = account;
  const { id, api, deploymentId, authorizer } = await readApi(account, url);
  const asked = authorizer === null ? [] : [authorizer.aliasArn];
  const called = [...new Set([...api.routes.map((route) => route.function), ...asked])];
  const permissions = new Map(
    await Promise.all(
      called.map(async (arn) => [arn, await readPermissions(account, arn)] as const),
    ),
  );
  const service = { accountId, region, id, api };
  const calleeOf = (aliasArn: string) => ({
    aliasArn,
    permissions: permissions.get(aliasArn) ?? [],
  });
  const routes = api.routes.map((route) =>
    mayInvoke(service, route, calleeOf(route.function)) ? route : { ...route, function: "" },
  );
  const mayAsk = authorizer === null || mayAuthorize(service, calleeOf(authorizer.aliasArn));
  return {
    // Of what a plan has of it, the gateway reads for how long an answer counts.
    api: { ...api, authorizer: authorizer as Partial<AuthorizerPlan> as AuthorizerPlan | null },
    deploymentId,
    router: createRouter({ routes }),
    authorizer: mayAsk ? authorizer : { ...authorizer, aliasArn: "" },
  };
}
