import { createRouter, type Router } from "../../../src/dev/gateway/router.ts";
import type { ApiPlan } from "../../../src/plan/index.ts";
import type { Account } from "../account.ts";
import { readApi } from "../deployed-api.ts";
import { readPermissions } from "../deployed-function.ts";
import { mayInvoke } from "../may-invoke.ts";

/** The API that a stage shows, ready to be asked. */
export interface LiveApi {
  readonly api: ApiPlan;
  readonly deploymentId: string;
  /** Where the API may not call a function, the route has none. */
  readonly router: Router;
}

/** @param url as `lambdakit deploy` prints it */
export async function readLiveApi(account: Account, url: string): Promise<LiveApi> {
  const { accountId, region } = account;
  const { id, api, deploymentId } = await readApi(account, url);
  const called = [...new Set(api.routes.map((route) => route.function))];
  const permissions = new Map(
    await Promise.all(
      called.map(async (arn) => [arn, await readPermissions(account, arn)] as const),
    ),
  );
  const routes = api.routes.map((route) => {
    const aliasArn = route.function;
    const callee = { aliasArn, permissions: permissions.get(aliasArn) ?? [] };
    return mayInvoke({ accountId, region, id, api }, route, callee)
      ? route
      : { ...route, function: "" };
  });
  return { api, deploymentId, router: createRouter({ routes }) };
}
