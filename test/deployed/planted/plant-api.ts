import { createHash } from "node:crypto";
import { type GatewayOperation, gatewayDocument } from "../../../src/deploy/index.ts";
import type { Account } from "../../../src/emulator/deployed/account.ts";
import type { RoutePlan, ServicePlan } from "../../../src/plan/index.ts";

/**
 * An API, of which nobody can see anything before it is shown.
 *
 * @param id of the one that is replaced. @default a new one
 * @returns its id
 */
export async function importApi(account: Account, plan: ServicePlan, id?: string): Promise<string> {
  const [method, target] =
    id === undefined
      ? ["POST", "/restapis?mode=import"]
      : ["PUT", `/restapis/${id}?mode=overwrite`];
  return (await call(account, method as string, target as string, documentOf(plan))).id;
}

/**
 * Lets the API call the alias of each route's function, and shows it on its stage.
 *
 * @returns its URL, as `lambdakit deploy` prints it
 */
export async function showApi(account: Account, plan: ServicePlan, id: string): Promise<string> {
  const { region, accountId } = account;
  const { api, deployment, functions } = plan;
  const permit = (key: string, StatementId: string, source: string) => {
    const name = functions.find((one) => one.key === key)?.name;
    const at = `/2015-03-31/functions/${name}/policy?Qualifier=${deployment.alias}`;
    const permission = {
      StatementId,
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
      SourceArn: `arn:aws:execute-api:${region}:${accountId}:${id}/${source}`,
    };
    return account.ask("lambda", at, { method: "POST", body: JSON.stringify(permission) });
  };
  const permitRoute = ({ method, path, function: key }: RoutePlan) => {
    const digest = createHash("sha256").update(`${method} ${path}`).digest("hex");
    const source = `${api.stage}/${method}${path}`.replace(/\{\w+\+?\}/g, "*");
    return permit(key, `api-${digest.slice(0, 16)}`, source);
  };
  await Promise.all([
    ...api.routes.map(permitRoute),
    api.authorizer && permit(api.authorizer.function.key, "authorizer", "authorizers/*"),
  ]);
  await call(account, "POST", `/restapis/${id}/deployments`, { stageName: api.stage });
  const { requestsPerSecond, burst } = api.throttling;
  await call(account, "PATCH", `/restapis/${id}/stages/${api.stage}`, {
    patchOperations: [
      { op: "replace", path: "/*/*/throttling/rateLimit", value: String(requestsPerSecond) },
      { op: "replace", path: "/*/*/throttling/burstLimit", value: String(burst) },
    ],
  });
  return `https://${id}.execute-api.${region}.amazonaws.com/${api.stage}`;
}

// What comes back is AWS's, and is looked into field by field.
// biome-ignore lint/suspicious/noExplicitAny: see above
async function call(account: Account, method: string, target: string, body: object): Promise<any> {
  const headers = { "Content-Type": "application/json" };
  const init = { method, headers, body: JSON.stringify(body) };
  return (await account.ask("apigateway", target, init)).json();
}

/**
 * The emulator imports no mock integration without these two, and keeps nothing of who may call a route: as
 * `terraform/emulator` knows.
 */
function documentOf(plan: ServicePlan): object {
  const { paths, components, ...document } = gatewayDocument(plan);
  const schemes = components?.securitySchemes ?? {};
  const operationOf = ({ security = [], ...operation }: GatewayOperation) => {
    const integration = operation["x-amazon-apigateway-integration"];
    const used = security.flatMap((one) => Object.keys(one).map((name) => schemes[name]));
    const more =
      integration.type === "mock"
        ? { httpMethod: "OPTIONS", uri: "" }
        : { requestTemplates: { security: JSON.stringify(used) } };
    return { ...operation, "x-amazon-apigateway-integration": { ...integration, ...more } };
  };
  return { ...document, paths: mapped(paths, (methods) => mapped(methods, operationOf)) };
}

function mapped<Value, Result>(
  all: Readonly<Record<string, Value>>,
  change: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, change(value)]));
}
